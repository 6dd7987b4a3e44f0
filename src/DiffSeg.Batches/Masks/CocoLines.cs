using DiffSeg.Pictures;

namespace DiffSeg.Batches.Masks;

/// <summary>A line of JSON per image, its segments as compressed run lengths of COCO.</summary>
internal sealed class CocoLines(Stream stream) : IMaskSink
{
    public void Add(int index, string image, ReadOnlySpan<ushort> labels, int height, int width)
    {
        CocoLineSegment[] segments = [.. CocoRle.Encode(labels, height, width).Select(pair => Segment(pair.Key, pair.Value))];
        stream.Write(BatchJson.Lines(
            new CocoLine { Index = index, Image = image, Height = height, Width = width, Segments = segments },
            BatchJson.Compact.CocoLine));
    }

    /// <summary>Does nothing: lines need no end.</summary>
    public void Finish()
    {
    }

    /// <summary>Does nothing: nothing is kept.</summary>
    public void Dispose()
    {
    }

    private static CocoLineSegment Segment(ushort label, CocoRle segment)
    {
        CocoBox box = segment.Box;
        return new CocoLineSegment
        {
            SegmentId = label,
            Area = segment.Area,
            Bbox = [box.X, box.Y, box.Width, box.Height],
            Segmentation = new CocoLineRuns([segment.Height, segment.Width], segment.ToCompressedString()),
        };
    }
}
