namespace DiffSeg.Batches;

/// <summary>What became of an image.</summary>
/// <param name="Index">Its place in the list, from 0.</param>
/// <param name="Image">Its id.</param>
/// <param name="Height">Height of its mask in pixels; 0 where there is none.</param>
/// <param name="Width">Width of its mask in pixels; 0 where there is none.</param>
/// <param name="Segments">Segments of its mask; 0 where there is none.</param>
/// <param name="Failure">Why it has no mask; null when it has one.</param>
public sealed record BatchRow(int Index, string Image, int Height, int Width, int Segments, string? Failure);
