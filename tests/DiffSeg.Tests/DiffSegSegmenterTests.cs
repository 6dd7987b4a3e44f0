using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests;

public class DiffSegSegmenterTests
{
    private static readonly DiffSegOptions Options = new() { AnchorsPerSide = 8, KlThreshold = 0.3f };

    [Fact]
    public void One_attention_serves_many_settings_and_stays_as_it_is()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(1, [new(1, 16, 16)]);
        float[] before = attention.Values.ToArray();
        MaskGrid grid = MaskGrid.Whole(attention, 50, 70);
        Segmentation fine = new DiffSegSegmenter(Options with { KlThreshold = 0.001f }).Segment(attention, grid);
        Segmentation coarse = new DiffSegSegmenter(Options).Segment(attention, grid);
        Segmentation all = new DiffSegSegmenter(Options with { KlThreshold = 100, Refine = true }).Segment(attention, grid);
        Assert.Equal(before, attention.Values.ToArray());
        Assert.Equal(1, all.SegmentCount);
        Assert.InRange(coarse.SegmentCount, 2, 12);
        Assert.InRange(fine.SegmentCount, coarse.SegmentCount + 1, 64);
        Assert.Equal((50, 70, 3500), (coarse.Height, coarse.Width, coarse.Labels.Length));
    }

    [Fact]
    public void Settings_that_share_memory_give_what_each_gives_alone()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(1, [new(1, 16, 16)]);
        MaskGrid grid = MaskGrid.Whole(attention, 50, 70);
        DiffSegSegmenter first = new(Options);
        foreach (DiffSegOptions options in new[]
        {
            Options with { KlThreshold = 0.001f }, Options with { AnchorsPerSide = 16, Iterations = 1 }, Options with { Refine = true }, Options,
        })
        {
            Segmentation shared = first.With(options).Segment(attention, grid), alone = new DiffSegSegmenter(options).Segment(attention, grid);
            Assert.Equal(alone.Labels.ToArray(), shared.Labels.ToArray());
            Assert.Equal(alone.Proposals.Values.ToArray(), shared.Proposals.Values.ToArray());
            Assert.Same(options, first.With(options).Options);
        }

        Assert.Throws<ArgumentNullException>("options", () => first.With(null!));
    }

    [Fact]
    public void More_anchors_than_the_map_has_tokens_per_side_are_an_error()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(1, [new(1, 64, 3)]);
        DiffSegSegmenter segmenter = new(new DiffSegOptions { AnchorsPerSide = 65 });
        ArgumentException error = Assert.Throws<ArgumentException>(
            "AnchorsPerSide", () => segmenter.Segment(attention, MaskGrid.Whole(attention, 8, 8)));
        Assert.StartsWith(
            "AnchorsPerSide is 65, but the attention map has only 64x3 tokens; it must be from 2 to 64.", error.Message);
    }

    [Fact]
    public void When_no_proposal_survives_the_error_says_what_to_do()
    {
        float[] identity = new float[256 * 256];
        for (int i = 0; i < 256; i++)
        {
            identity[i * 257] = 1;
        }

        AttentionAggregator aggregator = new([new(1, 16, 16)]);
        aggregator.Add(0, identity);
        using AggregatedAttention attention = aggregator.Aggregate();
        MaskGrid grid = MaskGrid.Whole(attention, 16, 16);
        AttentionException error = Assert.Throws<AttentionException>(() => new DiffSegSegmenter(Options).Segment(attention, grid));
        Assert.Contains("No proposal survives", error.Message);
        Assert.Contains("ZeroAttention", error.Message);
        Assert.Null(error.Tensor);
        Segmentation clamped = new DiffSegSegmenter(Options with { ZeroAttention = ZeroAttention.Clamp }).Segment(attention, grid);
        Assert.InRange(clamped.SegmentCount, 1, 64);
    }

    [Fact]
    public void What_was_merged_elsewhere_gives_the_same_segmentation()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(3, [new(1, 16, 16), new(1, 8, 8)]);
        MaskGrid grid = MaskGrid.Whole(attention, 40, 48);
        int[] anchors = SamplingGrid.Anchors(16, 16, 8);
        MatchSettings settings = new(ZeroAttention.MatchesNothing, -1);
        MatchMatrix matches = new();
        new MapMatcher().Match(attention.Rows, anchors, anchors.Length, 0.3f, settings, matches, default);
        float[] merged = MatchMean.Of(matches, attention.Rows, -1, default).Values;
        DiffSegSegmenter segmenter = new(Options);
        Segmentation whole = segmenter.Segment(attention, grid);
        Segmentation rest = segmenter.SegmentMerged(merged.AsSpan(0, 64 * 256), 16, 16, grid);
        Assert.Equal(whole.Labels, rest.Labels);
        Assert.Equal(whole.Proposals.Values, rest.Proposals.Values);
    }

    [Fact]
    public void Merged_maps_that_cannot_be_are_an_error()
    {
        DiffSegSegmenter segmenter = new(Options);
        MaskGrid grid = MaskGrid.Whole(4, 4, 8, 8);
        float[] maps = [.. Enumerable.Repeat(1f / 16, 32)];
        Assert.Equal(1, segmenter.SegmentMerged(maps, 4, 4, grid).SegmentCount);
        Assert.Throws<ArgumentException>("merged", () => segmenter.SegmentMerged(maps.AsSpan(0, 31), 4, 4, grid));
        Assert.Throws<ArgumentException>("merged", () => segmenter.SegmentMerged([], 4, 4, grid));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => segmenter.SegmentMerged(maps, 0, 4, grid));
        Assert.Throws<InvalidOperationException>(
            () => new DiffSegSegmenter(Options with { Refine = true }).SegmentMerged(maps, 4, 4, grid));
        maps[17] = -1;
        Assert.Contains("map 1 holds -1 at token 1", Assert.Throws<AttentionException>(
            () => segmenter.SegmentMerged(maps, 4, 4, grid)).Message);
        maps.AsSpan(16).Clear();
        Assert.Contains("map 1 is 0 everywhere", Assert.Throws<AttentionException>(
            () => segmenter.SegmentMerged(maps, 4, 4, grid)).Message);
        maps.AsSpan().Fill(float.NaN);
        Assert.Contains("No proposal survives", Assert.Throws<AttentionException>(
            () => segmenter.SegmentMerged(maps, 4, 4, grid)).Message);
    }

    [Fact]
    public void Each_stage_and_iteration_is_reported_in_order()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(2, [new(1, 16, 16)]);
        Recorder recorder = new();
        new DiffSegSegmenter(Options with { Refine = true }).Segment(attention, MaskGrid.Whole(attention, 32, 32), recorder);
        Assert.Equal(
            Enumerable.Range(0, 4).Select(step => new SegmentationProgress(SegmentationStage.Merging, step, 3)),
            recorder.Values.Take(4));
        SegmentationProgress[] refining = [.. recorder.Values.Skip(4).TakeWhile(p => p.Stage == SegmentationStage.Refining)];
        Assert.Equal(Enumerable.Range(0, refining.Length), refining.Select(p => p.Step));
        Assert.InRange(refining.Length, 2, 301);
        Assert.Equal(
            [new(SegmentationStage.Masking, 0, 1), new(SegmentationStage.Numbering, 0, 1)],
            recorder.Values.Skip(4 + refining.Length));
    }

    [Theory]
    [InlineData(SegmentationStage.Merging)]
    [InlineData(SegmentationStage.Refining)]
    [InlineData(SegmentationStage.Masking)]
    [InlineData(SegmentationStage.Numbering)]
    public void It_can_be_cancelled_in_every_stage(SegmentationStage stage)
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(2, [new(1, 16, 16)]);
        using CancellationTokenSource source = new();
        Recorder recorder = new() { Reported = p => { if (p.Stage == stage) { source.Cancel(); } } };
        DiffSegSegmenter segmenter = new(Options with { Refine = true, KlThreshold = 0.01f, MinRegionShare = 0.01 });
        Assert.ThrowsAny<OperationCanceledException>(
            () => segmenter.Segment(attention, MaskGrid.Whole(attention, 64, 64), recorder, source.Token));
        Assert.Equal(stage, recorder.Values[^1].Stage);
    }

    private sealed class Recorder : IProgress<SegmentationProgress>
    {
        public List<SegmentationProgress> Values { get; } = [];

        public Action<SegmentationProgress>? Reported { get; init; }

        public void Report(SegmentationProgress value)
        {
            Values.Add(value);
            Reported?.Invoke(value);
        }
    }
}
