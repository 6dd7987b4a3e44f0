using DiffSeg.Tests.Numerics;
using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Sessions;

/// <summary>What a session keeps is bounded, however much it is asked, and further thresholds cost their result only.</summary>
[Collection(Alone.Name)]
public class SessionMemoryTests
{
    private const int Side = 32;
    private const int Tokens = Side * Side;

    // What 20 x 20 anchors take: a table of distances, or the maps that they were merged to.
    private const long Set = 20 * 20 * Tokens * sizeof(float);

    [Fact]
    public void What_is_kept_does_not_grow_with_the_questions()
    {
        using SegmentationSession session = Open();
        session.Segment(Options(0.3f, 20));
        long once = Reachable.Bytes(session);
        Ask(session);
        long often = Reachable.Bytes(session);
        Ask(session);

        // Two tables and three more merges, of at most 20 x 20 anchors; beside them, lists.
        Assert.InRange(often - once, 2 * Set, ((KeptMerges.MostSettings + KeptMerges.MostMerges - 1) * Set) + 4096);
        Assert.Equal(often, Reachable.Bytes(session));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_further_threshold_allocates_its_result_only(int degree)
    {
        using SegmentationSession session = Open();
        DiffSegOptions options = Options(0.3f, 16) with { MaxDegreeOfParallelism = degree };
        long least = long.MaxValue;
        Segmentation result = null!;
        for (int i = 0; i < 30; i++)
        {
            DiffSegOptions asked = options with { KlThreshold = 0.3f + (0.001f * i) };
            long before = GC.GetTotalAllocatedBytes(precise: true);
            result = session.Segment(asked);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        // And how many maps each anchor's mean is of.
        long needed = (result.Labels.Length * sizeof(ushort)) + (result.Proposals.Values.Length * sizeof(float)) + (256 * sizeof(int));
        Assert.InRange(result.SegmentCount, 2, 20);
        Assert.InRange(least, needed, needed + 3072 + (64 * result.SegmentCount));
    }

    [Fact]
    public void What_is_prepared_is_not_measured_again()
    {
        long measured = Enumerable.Range(0, 4).Select(_ => SecondThreshold(prepare: false)).Skip(1).Min();
        long prepared = Enumerable.Range(0, 4).Select(_ => SecondThreshold(prepare: true)).Skip(1).Min();

        Assert.InRange(measured - prepared, Set, 2 * Set);
    }

    // Bytes that a session's second question allocates.
    private static long SecondThreshold(bool prepare)
    {
        using SegmentationSession session = Open();
        session.Segment(Options(0.3f, 20));
        if (prepare)
        {
            session.Prepare(Options(0.3f, 20));
        }

        long before = GC.GetTotalAllocatedBytes(precise: true);
        session.Segment(Options(0.2f, 20));
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static void Ask(SegmentationSession session)
    {
        foreach (int anchors in (int[])[20, 16, 12, 20, 19, 18])
        {
            foreach (float threshold in (float[])[0.3f, 0.1f, 0.2f, 0.7f, 0.25f])
            {
                session.Segment(Options(threshold, anchors));
            }
        }
    }

    private static DiffSegOptions Options(float threshold, int anchors) =>
        new() { KlThreshold = threshold, AnchorsPerSide = anchors, MaxDegreeOfParallelism = 2 };

    private static SegmentationSession Open()
    {
        AggregatedAttention attention = RandomAttention.Aggregate(4, [new(1, Side, Side), new(1, 16, 16)]);
        return new SegmentationSession(attention, MaskGrid.Whole(attention, 100, 120));
    }
}
