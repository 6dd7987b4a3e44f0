namespace DiffSeg;

/// <summary>A click: a pixel that belongs to the thing wanted, or one that does not.</summary>
/// <param name="X">Column in pixels from the picture's left edge, from 0.</param>
/// <param name="Y">Row in pixels from the picture's upper edge, from 0.</param>
/// <param name="Foreground">Whether the pixel belongs to the thing; false marks what is to be left out.</param>
public readonly record struct PointPrompt(int X, int Y, bool Foreground = true);
