namespace DiffSeg.MLNet;

/// <summary>
/// A row of the ready-made chain's result, for CreateEnumerable and PredictionEngine: the path, the mask column
/// <c>Mask</c>, and its size (<see cref="MaskColumns.Size"/>). Derive from it for more columns.
/// </summary>
public partial class SegmentedImage : ImageSource
{
    /// <summary>The label of every pixel, row-major; empty for a row that failed (<see cref="MaskColumns.Status"/>).</summary>
    public ushort[] Mask { get; set; } = [];

    /// <summary>Rows of the mask.</summary>
    public int MaskHeight { get; set; }

    /// <summary>Columns of the mask.</summary>
    public int MaskWidth { get; set; }

    /// <summary>The row's segment table: label, area, bounding box and centroid of each segment, in pixels.</summary>
    /// <returns>One entry per label that occurs, in ascending order of the label; none for a row that failed.</returns>
    /// <exception cref="ArgumentException">The mask does not have height x width pixels.</exception>
    public IReadOnlyList<Segment> Segments() => HasNoMask ? [] : SegmentTable.Measure(Mask, MaskHeight, MaskWidth);

    // What a row that failed has in place of a mask.
    private bool HasNoMask => Mask.Length == 0 && (MaskHeight, MaskWidth) == (0, 0);
}
