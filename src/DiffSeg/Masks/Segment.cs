namespace DiffSeg;

/// <summary>One segment of a mask, measured in pixels.</summary>
/// <param name="Label">The segment's number in the mask.</param>
/// <param name="Area">Pixels that carry the label.</param>
/// <param name="Box">The smallest rectangle around them.</param>
/// <param name="CentroidX">Mean column of the pixels; pixel centres are whole numbers.</param>
/// <param name="CentroidY">Mean row of the pixels; pixel centres are whole numbers.</param>
public readonly record struct Segment(ushort Label, int Area, BoundingBox Box, double CentroidX, double CentroidY);
