using DiffSeg.Onnx.Aggregation;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Merging;
using DiffSeg.Onnx.Tests.Support;
using DiffSeg.Tests.Goldens;

namespace DiffSeg.Onnx.Tests.Merging;

/// <summary>The first iteration in a graph on every segmentation golden: the same masks as with all of it in DiffSeg.</summary>
public sealed class MergedGoldenTests
{
    // Two ways of summing up to some thousand values of one sign.
    private const double Tolerance = 5e-6;

    public static TheoryData<string, string> Cases => GoldenFolders.Cases("segmentation");

    /// <summary>From the aggregate that DiffSeg makes: what differs is the merging alone.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Merging_in_the_graph_gives_the_masks_of_DiffSeg(string source, string name)
    {
        GoldenCase golden = new(GoldenFolders.Find(source, name));
        using AggregatedAttention attention = golden.Aggregate();
        int[] anchors = SamplingGrid.Anchors(attention.Height, attention.Width, golden.AnchorsPerSide);
        var graph = new TestGraph();
        Value maps = graph.Input("maps", attention.Values.ToArray(), attention.Tokens, attention.Tokens);
        Value threshold = graph.Input("threshold", [golden.Thresholds[0]], 1);
        graph.Output(FirstMergeGraph.Append(maps, attention.Tokens, anchors, threshold, ZeroAttention.MatchesNothing).Name);
        Check(golden, attention, Assert.Single(graph.Run()));
    }

    /// <summary>From the levels, aggregated in the graph too.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Aggregating_and_merging_in_the_graph_gives_the_masks_of_DiffSeg(string source, string name)
    {
        GoldenCase golden = new(GoldenFolders.Find(source, name));
        Assert.SkipUnless(golden.Weights is null, "A graph weighs the levels in proportion to their sides; this case does not.");
        using AggregatedAttention attention = golden.Aggregate();
        var graph = new TestGraph();
        LayerValue[] levels = [.. golden.Shapes.Select((shape, i) => new LayerValue(
            graph.Input($"level{i}", golden.Input(i), shape.Heads, shape.Tokens, shape.Tokens), shape.Heads, shape.Height, shape.Width))];
        var merge = new FirstMerge { AnchorsPerSide = golden.AnchorsPerSide, ZeroAttention = ZeroAttention.MatchesNothing };
        AggregationGraph.Append(graph.Builder, levels, AttentionForm.Merged, merge, golden.Thresholds[0]);
        Check(golden, attention, Assert.Single(graph.Run()));
    }

    private static void Check(GoldenCase golden, AggregatedAttention attention, float[] merged)
    {
        if (!golden.Survives)
        {
            Assert.All(merged, value => Assert.True(float.IsNaN(value)));
            return;
        }

        CheckProposals(golden, attention, merged);
        var options = new DiffSegOptions
        {
            KlThresholds = golden.Thresholds,
            AnchorsPerSide = golden.AnchorsPerSide,
            LabelOrder = LabelOrder.Proposal,
        };
        var segmenter = new DiffSegSegmenter(options);
        Segmentation expected = segmenter.Segment(attention, golden.Grid(attention), null, TestContext.Current.CancellationToken);
        Segmentation actual = segmenter.SegmentMerged(
            merged, attention.Height, attention.Width, golden.Grid(attention), null, TestContext.Current.CancellationToken);

        Assert.Equal(expected.Proposals.Count, actual.Proposals.Count);
        Assert.Equal(expected.Labels, actual.Labels);
        if (!golden.Refine)
        {
            GoldenMask.Check(golden.Labels(), golden.Expected["margin_class"].ToInts(), actual.Labels);
        }
    }

    /// <summary>After one iteration only: the same anchors found something, and the means are the same but for rounding.</summary>
    private static void CheckProposals(GoldenCase golden, AggregatedAttention attention, float[] merged)
    {
        var once = new DiffSegOptions { KlThresholds = [golden.Thresholds[0]], AnchorsPerSide = golden.AnchorsPerSide };
        MaskGrid small = MaskGrid.Whole(attention, 1, 1);
        Segmentation expected = new DiffSegSegmenter(once).Segment(attention, small, null, TestContext.Current.CancellationToken);
        Segmentation actual = new DiffSegSegmenter(once).SegmentMerged(
            merged, attention.Height, attention.Width, small, null, TestContext.Current.CancellationToken);

        Assert.Equal(expected.Proposals.Count, actual.Proposals.Count);
        double largest = 0;
        foreach (var (e, a) in expected.Proposals.Values.ToArray().Zip(actual.Proposals.Values.ToArray()))
        {
            largest = Math.Max(largest, Math.Abs(e - a) / Math.Max(e, float.Epsilon));
        }

        Assert.InRange(largest, 0, Tolerance);
    }
}
