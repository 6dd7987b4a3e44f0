namespace DiffSeg.MLNet;

/// <summary>
/// A row of the ready-made chain's result, for CreateEnumerable and PredictionEngine: the path, the mask column
/// <c>Mask</c>, and its size (<see cref="MaskColumns.Size"/>). Derive from it for more columns.
/// </summary>
public partial class SegmentedImage : ImageSource
{
    /// <summary>The label of every pixel, row-major.</summary>
    public ushort[] Mask { get; set; } = [];

    /// <summary>Rows of the mask.</summary>
    public int MaskHeight { get; set; }

    /// <summary>Columns of the mask.</summary>
    public int MaskWidth { get; set; }

    /// <summary>The row's segment table: label, area, bounding box and centroid of each segment, in pixels.</summary>
    /// <returns>One entry per label that occurs, in ascending order of the label.</returns>
    public IReadOnlyList<Segment> Segments() => SegmentTable.Measure(Mask, MaskHeight, MaskWidth);
}
