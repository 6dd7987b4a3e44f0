namespace DiffSeg.Batches.Masks;

/// <summary>A line of a chunk's run lengths: an image with its segments.</summary>
internal sealed record CocoLine
{
    public required int Index { get; init; }

    public required string Image { get; init; }

    public required int Height { get; init; }

    public required int Width { get; init; }

    public required IReadOnlyList<CocoLineSegment> Segments { get; init; }
}

/// <summary>A segment of an image, as COCO's tools read it.</summary>
internal sealed record CocoLineSegment
{
    public required int SegmentId { get; init; }

    public required int Area { get; init; }

    /// <summary>[x, y, width, height].</summary>
    public required int[] Bbox { get; init; }

    public required CocoLineRuns Segmentation { get; init; }
}

/// <summary>The run lengths of a segment.</summary>
/// <param name="Size">[height, width].</param>
/// <param name="Counts">The compressed form of COCO.</param>
internal sealed record CocoLineRuns(int[] Size, string Counts);
