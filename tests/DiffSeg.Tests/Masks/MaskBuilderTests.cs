using CsCheck;
using DiffSeg.Tests.Numerics;

namespace DiffSeg.Tests.Masks;

public class MaskBuilderTests
{
    private static readonly ProposalSet Proposals = new(new float[6], 6, 1, 1);
    private static readonly ushort[] Mask =
    [
        2, 2, 5, 5, 5,
        2, 2, 5, 2, 5,
        4, 4, 5, 5, 5,
    ];

    [Fact]
    public void By_area_labels_are_dense_and_the_largest_comes_first()
    {
        Segmentation segmentation = Build(Mask, 3, 5, new DiffSegOptions());
        Assert.Equal([1, 1, 0, 0, 0, 1, 1, 0, 1, 0, 2, 2, 0, 0, 0], segmentation.Labels.ToArray().Select(l => (int)l));
        Assert.Equal(3, segmentation.SegmentCount);
        Assert.Equal([5, 2, 4], Enumerable.Range(0, 3).Select(l => segmentation.ProposalOf((ushort)l)));
        Assert.Throws<ArgumentOutOfRangeException>(() => segmentation.ProposalOf(3));
    }

    [Fact]
    public void By_proposal_labels_stay_and_segments_without_pixels_are_not_listed()
    {
        Segmentation segmentation = Build(Mask, 3, 5, new DiffSegOptions { LabelOrder = LabelOrder.Proposal });
        Assert.Equal(Mask, segmentation.Labels.ToArray());
        Assert.Equal([2, 4, 5], segmentation.Segments.Select(s => (int)s.Label));
        Assert.Equal(4, segmentation.ProposalOf(4));
    }

    [Fact]
    public void Of_equal_areas_the_lower_proposal_comes_first() =>
        Assert.Equal([1, 0, 0, 1], Build([3, 1, 1, 3], 2, 2, new DiffSegOptions()).Labels.ToArray().Select(l => (int)l));

    [Fact]
    public void Regions_are_segments_of_their_own_and_know_their_proposal()
    {
        Segmentation byArea = Build(Mask, 3, 5, new DiffSegOptions { Regions = true });
        Assert.Equal([1, 1, 0, 0, 0, 1, 1, 0, 3, 0, 2, 2, 0, 0, 0], byArea.Labels.ToArray().Select(l => (int)l));
        Assert.Equal([5, 2, 4, 2], Enumerable.Range(0, 4).Select(l => byArea.ProposalOf((ushort)l)));
        Segmentation byProposal = Build(Mask, 3, 5, new DiffSegOptions { Regions = true, LabelOrder = LabelOrder.Proposal });
        Assert.Equal([0, 0, 3, 3, 3, 0, 0, 3, 1, 3, 2, 2, 3, 3, 3], byProposal.Labels.ToArray().Select(l => (int)l));
    }

    [Fact]
    public void Clean_up_removes_specks_and_numbers_what_is_left()
    {
        Segmentation segmentation = Build(Mask, 3, 5, new DiffSegOptions { MinRegionShare = 0.1 });
        Assert.Equal([1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 2, 2, 0, 0, 0], segmentation.Labels.ToArray().Select(l => (int)l));
    }

    [Fact]
    public void Segments_partition_the_mask_and_areas_fall() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Double[0, 0.1], Gen.Bool).Sample((seed, share, regions) =>
        {
            ushort[] mask = RandomMask.Create(seed, 30, 40, 6, 0.1);
            Segmentation segmentation = Build(mask, 30, 40, new DiffSegOptions { MinRegionShare = share, Regions = regions });
            Assert.Equal(1200, segmentation.Segments.Sum(s => s.Area));
            Assert.Equal(Enumerable.Range(0, segmentation.SegmentCount), segmentation.Segments.Select(s => (int)s.Label));
            Assert.Equal(segmentation.Segments.OrderByDescending(s => s.Area), segmentation.Segments);
        }, iter: 50);

    [Fact]
    public void More_regions_than_labels_are_an_error()
    {
        ushort[] checkers = [.. Enumerable.Range(0, 300 * 300).Select(i => (ushort)(((i / 300) + i) % 2))];
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => Build(checkers, 300, 300, new DiffSegOptions { Regions = true }));
        Assert.Contains("90000 segments", error.Message);
        Assert.Contains("MinRegionShare", error.Message);
    }

    /// <summary>One builder for masks of many sizes and options gives what a fresh one gives.</summary>
    [Fact]
    public void What_was_built_before_makes_no_difference()
    {
        MaskBuilder kept = new();
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 60], Gen.Int[1, 60], Gen.Double[0, 0.05], Gen.Bool, Gen.Enum<LabelOrder>())
            .Sample((seed, height, width, share, regions, order) =>
            {
                DiffSegOptions options = new()
                {
                    MinRegionShare = seed % 2 == 0 ? share : 0,
                    Regions = regions,
                    LabelOrder = order,
                };
                ushort[] mask = RandomMask.Create(seed, height, width, 6, 0.1);
                Segmentation expected = Build(mask, height, width, options);
                Segmentation actual = kept.Build([.. mask], height, width, Proposals, options, default);
                Assert.Equal(expected.Labels.ToArray(), actual.Labels.ToArray());
                Assert.Equal(expected.Segments, actual.Segments);
                Assert.Equal(SegmentTable.Measure(actual.Labels, height, width), actual.Segments);
                Assert.All(actual.Segments, s => Assert.Equal(expected.ProposalOf(s.Label), actual.ProposalOf(s.Label)));
                for (int i = 0; i < mask.Length && options.MinRegionShare == 0; i++)
                {
                    Assert.Equal(mask[i], actual.ProposalOf(actual.Labels[i]));
                }
            }, iter: 200, threads: 1);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.01, false)]
    [InlineData(0.01, true)]
    public void Once_warm_only_the_result_is_allocated(double share, bool regions)
    {
        MaskBuilder builder = new();
        DiffSegOptions options = new() { MinRegionShare = share, Regions = regions, MaxDegreeOfParallelism = 1 };
        ushort[] mask = RandomMask.Create(1, 90, 120, 6, 0.1);
        ushort[] labels = new ushort[mask.Length];
        int segments = 0;
        long allocated = Allocation.OnceWarm(() =>
        {
            mask.CopyTo(labels, 0);
            segments = builder.Build(labels, 90, 120, Proposals, options, default).SegmentCount;
        });
        Assert.InRange(allocated, 1, 200 + (segments * 48));
    }

    private static Segmentation Build(ushort[] mask, int height, int width, DiffSegOptions options) =>
        new MaskBuilder().Build([.. mask], height, width, Proposals, options, default);
}
