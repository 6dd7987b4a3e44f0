using DiffSeg.Onnx.Tests.Merging;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>Exports built in the form "merged" against the same exports built in the form "aggregated".</summary>
[Collection(WholeExports.Name)]
public sealed class MergedFormTests(BuiltModels models)
{
    // Attention of random weights is much alike everywhere: the first threshold at which it falls apart.
    private static readonly float[] Thresholds = [.. Enumerable.Range(0, 60).Select(i => 0.6f * MathF.Pow(0.9f, i))];
    private const int Segments = 4;

    [Theory]
    [MemberData(nameof(ExportCases.Sets), MemberType = typeof(ExportCases))]
    public void Its_masks_are_those_of_the_aggregated_attention(string name)
    {
        ExportSet set = ExportSet.Of(name);
        float[] image = Pictures.Waves(128, 192);
        var merge = new FirstMerge { AnchorsPerSide = 8 };
        using AggregatedAttention attention = Attention(set, image);
        float threshold = Thresholds.First(t => Segment(attention, t) >= Segments);

        BuiltModel built = models.FromImage(set, Small() with { Form = AttentionForm.Merged, FirstMerge = merge, KlThreshold = threshold });
        float[] proposals = MergedModel.Run(built.Model!, image);

        Assert.Equal((merge, threshold), (built.Model!.FirstMerge, built.Model.RecommendedKlThreshold));
        Assert.InRange(MergedModel.AssertSameMask(attention, proposals, merge, threshold), Segments, 64);
    }

    [Fact]
    public void It_recommends_the_threshold_that_it_merges_with()
    {
        BuiltModel built = models.FromImage(ExportSet.OfFamily(SdFamily.Version1), Small() with { Form = AttentionForm.Merged });

        Assert.Equal("1.1", built.Model!.Metadata[AttentionModelMetadata.KlThreshold]);
    }

    private AggregatedAttention Attention(ExportSet set, float[] image)
    {
        BuiltModel built = models.FromImage(set, Small() with { Form = AttentionForm.Aggregated });
        var aggregator = new AttentionAggregator([built.Model!.Outputs[0].Shape]);
        built.Run(image, [1, 3, 128, 192], (_, _, values) => aggregator.Add(0, values));
        return aggregator.Aggregate();
    }

    private static int Segment(AggregatedAttention attention, float threshold) =>
        new DiffSegSegmenter(new DiffSegOptions { KlThreshold = threshold, AnchorsPerSide = 8, ZeroAttention = ZeroAttention.Clamp })
            .Segment(attention, MaskGrid.Whole(attention, 64, 96), null, TestContext.Current.CancellationToken).SegmentCount;

    private static AttentionModelOptions Small() => new() { ImageHeight = 128, ImageWidth = 192 };
}
