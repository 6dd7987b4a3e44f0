using DiffSeg.Onnx.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.Onnx.Tests.Merging;

/// <summary>The demo model in the form "merged", on photos: what it gives against the demo model's attention merged by DiffSeg.</summary>
public sealed class MergedDemoTests(DemoSession demo) : IClassFixture<DemoSession>, IDisposable
{
    private static readonly string[] Photos = ["canyon-wren.jpg", "beacon-street-sunset.jpg"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, int, float?> Cases =>
    [
        .. Photos.Select(photo => new TheoryDataRow<string, int, float?>(photo, 16, null)),
        new(Photos[0], 9, null),
        new(Photos[0], 16, 0.6f),
        new(Photos[1], 64, 1.3f),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_masks_are_those_of_the_demo_model(string photo, int anchorsPerSide, float? threshold)
    {
        var merge = new FirstMerge { AnchorsPerSide = anchorsPerSide };
        AttentionModel model = Save(merge);
        float[] image = TestImages.Letterboxed(Repository.Path("models", "samples", photo));
        using AggregatedAttention attention = Attention(image);

        float[] proposals = MergedModel.Run(model, image, threshold);

        Assert.Equal(model.Outputs[0].Maps * attention.Tokens, proposals.Length);
        int segments = MergedModel.AssertSameMask(attention, proposals, merge, threshold ?? model.RecommendedKlThreshold);
        Assert.InRange(segments, 2, 200);
    }

    [Fact]
    public void It_says_how_it_merges()
    {
        AttentionModel model = Save(new FirstMerge { AnchorsPerSide = 12, ZeroAttention = ZeroAttention.MatchesNothing });

        Assert.Equal(AttentionForm.Merged, model.Form);
        Assert.Equal(new FirstMerge { AnchorsPerSide = 12, ZeroAttention = ZeroAttention.MatchesNothing }, model.FirstMerge);
        Assert.Equal(new AttentionOutput("proposals", new AttentionShape(1, 64, 64)) { Maps = 144 }, Assert.Single(model.Outputs));
        Assert.Equal(("image", 1.0f), (model.InputName, model.RecommendedKlThreshold));
        Assert.Null(AttentionModel.Demo.FirstMerge);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.7f)]
    public void ApplyOnnxModel_runs_it_with_or_without_a_threshold(float? threshold)
    {
        AttentionModel model = Save(new FirstMerge { AnchorsPerSide = 8 });
        float[] image = TestImages.Letterboxed(Repository.Path("models", "samples", Photos[0]));
        var context = new MLContext(seed: 1);
        IDataView rows = context.Data.LoadFromEnumerable([new Row { Image = image, Threshold = [threshold ?? 0] }]);
        string[] inputs = threshold is null ? [model.InputName] : [model.InputName, FirstMerge.ThresholdName];

        using var transformer = context.Transforms.ApplyOnnxModel([.. model.OutputNames], inputs, model.Path, null, false).Fit(rows);
        IDataView scored = transformer.Transform(rows);

        Assert.Equal([64, 4096], ((VectorDataViewType)scored.Schema[model.OutputNames[0]].Type).Dimensions);
        Assert.Equal(MergedModel.Run(model, image, threshold), scored.GetColumn<float[]>(model.OutputNames[0]).Single());
    }

    [Fact]
    public void More_anchors_than_tokens_are_refused() =>
        Assert.Contains("64x64", Assert.Throws<ArgumentException>("AnchorsPerSide", () => DemoAttentionModel.Build(new FirstMerge { AnchorsPerSide = 65 })).Message);

    private AttentionModel Save(FirstMerge merge)
    {
        string path = _folder.File("merged.onnx");
        File.WriteAllBytes(path, DemoAttentionModel.Build(merge));
        return AttentionModel.Load(path);
    }

    private AggregatedAttention Attention(float[] image)
    {
        var aggregator = new AttentionAggregator([.. AttentionModel.Demo.Outputs.Select(o => o.Shape)]);
        demo.Run(image, (name, values) => aggregator.Add(AttentionModel.Demo.OutputNames.ToList().IndexOf(name), values));
        return aggregator.Aggregate();
    }

    private sealed class Row
    {
        [VectorType(1, 3, 512, 512)]
        [ColumnName("image")]
        public float[] Image { get; init; } = [];

        [VectorType(1)]
        [ColumnName(FirstMerge.ThresholdName)]
        public float[] Threshold { get; init; } = [];
    }
}
