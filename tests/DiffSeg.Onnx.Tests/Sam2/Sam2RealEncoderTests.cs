using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Sam2;

/// <summary>The model that users get, from SAM 2's own encoder; skipped where that is not at hand.</summary>
public sealed class Sam2RealEncoderTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Attention_equals_that_of_the_encoders_own_queries_and_keys()
    {
        float[] photo = Photo();
        float[] expected = AttentionReference.Of(RealEncoder.Read(), photo, 7, 9);

        AttentionModelReport report = ModelRun.Build(RealEncoder.Path, _folder.File("model.onnx"));

        float[] actual = ModelRun.Attention(report.Model, photo);
        double error = ModelRun.LargestDifference(expected, actual);
        output.WriteLine($"{report.Before} became {report.After}; largest error {error:E1} of values up to {expected.Max():E1}");
        Assert.True(error <= 1e-5, $"off by {error:E2}");
        Assert.Equal([7, 9], report.Layers.Select(l => l.Index));
        Assert.All(report.Layers, l => Assert.Equal(4, l.Heads));
        Assert.True(report.After.Bytes < report.Before.Bytes * 0.6);
    }

    [Theory]
    [InlineData(WeightStorage.Float16)]
    [InlineData(WeightStorage.Int8)]
    public void Masks_of_smaller_files_agree(WeightStorage storage)
    {
        float[] photo = Photo();
        AttentionModel exact = ModelRun.Build(RealEncoder.Path, _folder.File("exact.onnx")).Model;

        AttentionModel small = ModelRun.Build(
            RealEncoder.Path, _folder.File("small.onnx"), new Sam2AttentionOptions { Weights = storage }).Model;

        ushort[] expected = Mask(exact, photo), actual = Mask(small, photo);
        double agreement = expected.Zip(actual, (a, b) => a == b).Count(same => same) / (double)expected.Length;
        output.WriteLine($"{new FileInfo(small.Path).Length} bytes, {agreement:P2} of the labels agree");
        Assert.True(agreement > 0.9, $"only {agreement:P2} of the labels agree");
    }

    private static ushort[] Mask(AttentionModel model, float[] photo)
    {
        using AggregatedAttention attention = AggregatedAttention.FromTensors([(model.Outputs[0].Shape, ModelRun.Attention(model, photo))]);
        var segmenter = new DiffSegSegmenter(new DiffSegOptions { KlThreshold = model.RecommendedKlThreshold });
        MaskGrid grid = MaskGrid.Whole(attention, 512, 512);
        return segmenter.Segment(attention, grid, cancellationToken: TestContext.Current.CancellationToken).Labels.ToArray();
    }

    private static float[] Photo() => TestImages.Letterboxed(Repository.Path("models", "samples", "canyon-wren.jpg"), ModelRun.Side);
}
