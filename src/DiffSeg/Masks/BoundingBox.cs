namespace DiffSeg;

/// <summary>The smallest rectangle of whole pixels around a segment.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
public readonly record struct BoundingBox(int Left, int Top, int Width, int Height);
