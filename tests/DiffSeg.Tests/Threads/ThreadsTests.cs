using System.Runtime.InteropServices;
using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Threads;

/// <summary>One object, many threads: each gets what it would have got alone, to the last bit.</summary>
public sealed class ThreadsTests
{
    private static readonly DiffSegOptions Options = new() { AnchorsPerSide = 8, KlThreshold = 0.3f };

    private static readonly DiffSegOptions[] Settings =
    [
        Options, Options with { KlThreshold = 0.02f, Refine = true }, Options with { AnchorsPerSide = 5, MinRegionShare = 0.02 },
        Options with { Regions = true, LabelOrder = LabelOrder.Proposal, Iterations = 2 }, Options with { MaxDegreeOfParallelism = 1, KlThreshold = 1 },
    ];

    [Fact]
    public void Sixteen_threads_on_one_segmenter()
    {
        AggregatedAttention[] pictures = [Picture(1, 16, 16), Picture(2, 12, 20), Picture(3, 8, 8)];
        var segmenter = new DiffSegSegmenter(Options);

        SixteenThreads.Agree(pictures.Length * 2, question =>
        {
            AggregatedAttention picture = pictures[question % pictures.Length];
            return Numbers(segmenter.Segment(picture, MaskGrid.Whole(picture, 40 + question, 60 - question)));
        });

        Array.ForEach(pictures, picture => picture.Dispose());
    }

    [Fact]
    public void Sixteen_threads_on_one_session()
    {
        AggregatedAttention attention = RandomAttention.Aggregate(3, [new(1, 16, 16)]);
        using var session = new SegmentationSession(attention, MaskGrid.Whole(attention, 50, 70), Options);

        SixteenThreads.Agree(Settings.Length * 2, question =>
        {
            DiffSegOptions options = Settings[question % Settings.Length];
            return question < Settings.Length
                ? Numbers(session.Segment(options, MaskGrid.Whole(attention, 30 + question, 44)))
                : Numbers(session.Segment(options));
        });
    }

    [Fact]
    public void Sixteen_threads_that_point_into_one_session()
    {
        AggregatedAttention attention = RandomAttention.Aggregate(3, [new(1, 16, 16)]);
        using var session = new SegmentationSession(attention, MaskGrid.Whole(attention, 50, 70), Options);

        SixteenThreads.Agree(8, question => [.. session.SegmentAt(8 * question, 6 * question).Labels]);
    }

    private static AggregatedAttention Picture(int seed, int height, int width) => RandomAttention.Aggregate(seed, [new(1, height, width)]);

    // Labels, and the proposals' numbers bit by bit.
    private static ushort[] Numbers(Segmentation segmentation) =>
        [.. segmentation.Labels, .. MemoryMarshal.Cast<float, ushort>(segmentation.Proposals.Values)];
}
