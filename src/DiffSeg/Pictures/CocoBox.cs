namespace DiffSeg.Pictures;

/// <summary>A box around a segment as COCO files have it, in pixels.</summary>
/// <param name="X">Leftmost column.</param>
/// <param name="Y">Topmost row.</param>
/// <param name="Width">Number of columns.</param>
/// <param name="Height">Number of rows.</param>
public readonly record struct CocoBox(int X, int Y, int Width, int Height);
