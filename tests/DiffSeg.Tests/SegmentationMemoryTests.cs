using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests;

/// <summary>What an image costs in memory once the segmenter is warm: its result.</summary>
[Collection(Alone.Name)]
public class SegmentationMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_image_allocates_its_result_only(int degree)
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(4, [new(1, 32, 32), new(1, 16, 16)]);
        DiffSegSegmenter segmenter = new(new DiffSegOptions { KlThreshold = 0.3f, MaxDegreeOfParallelism = degree });
        MaskGrid grid = MaskGrid.Whole(attention, 200, 300);
        long least = long.MaxValue;
        Segmentation result = null!;
        for (int image = 0; image < 30; image++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            result = segmenter.Segment(attention, grid);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        long needed = (result.Labels.Length * sizeof(ushort)) + (result.Proposals.Values.Length * sizeof(float));
        Assert.InRange(result.SegmentCount, 2, 20);
        Assert.InRange(least, needed, needed + 2048 + (64 * result.SegmentCount));
    }
}
