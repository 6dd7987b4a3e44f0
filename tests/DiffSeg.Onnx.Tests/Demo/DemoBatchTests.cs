using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Demo;

/// <summary>Several pictures in one run of the demo model against a run for each.</summary>
public sealed class DemoBatchTests(ITestOutputHelper output) : IDisposable
{
    // Not bit by bit: ONNX Runtime multiplies matrices of several pictures by other routines. Seen: 6e-8.
    private const double Tolerance = 2e-7;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_batch_size_below_1_is_refused() =>
        Assert.Equal("batchSize", Assert.Throws<ArgumentOutOfRangeException>(() => DemoAttentionModel.BuildBatch(0)).ParamName);

    [Fact]
    public void A_batch_of_1_is_the_demo_model() => Assert.Equal(DemoAttentionModel.Build(), DemoAttentionModel.BuildBatch(1));

    [Theory]
    [InlineData(3)]
    [InlineData(null)]
    public void Each_picture_of_a_run_has_the_attention_that_it_has_alone(int? batchSize)
    {
        // One with bars above and below, one with bars left and right, and one without any.
        float[][] pictures = [Photo("canyon-wren.jpg"), Photo("roman-colosseum.jpg"), TestImages.Of((c, y, x) => ((y / 32 + x / 32) >> c) & 1)];
        float[][][] expected = BatchRun.Alone(AttentionModel.Demo, pictures);

        AttentionModel model = Build(batchSize);
        float[][][] actual = BatchRun.Together(model, pictures);

        Assert.Equal(batchSize, model.BatchSize);
        Assert.Equal(AttentionModel.Demo.Outputs, model.Outputs);
        for (int b = 0; b < pictures.Length; b++)
        {
            var (difference, largest) = BatchRun.Compare(expected[b], actual[b]);
            output.WriteLine($"picture {b}: off by {difference:E1} of values up to {largest:E1}");
            Assert.True(difference <= Tolerance, $"picture {b} is off by {difference:E2}");
        }
    }

    [Fact]
    public void A_model_of_any_number_of_pictures_takes_any_number()
    {
        AttentionModel model = Build(null);
        float[][] pictures = [Photo("chelsea.png"), TestImages.Of((_, _, _) => 0)];
        float[][][] expected = BatchRun.Alone(AttentionModel.Demo, pictures);

        foreach (int count in (int[])[1, 2])
        {
            float[][][] actual = BatchRun.Together(model, pictures[..count]);
            Assert.All(expected.Zip(actual), pair => Assert.True(BatchRun.Compare(pair.First, pair.Second).Difference <= Tolerance));
        }
    }

    private AttentionModel Build(int? batchSize)
    {
        string path = _folder.File("demo.onnx");
        File.WriteAllBytes(path, DemoAttentionModel.BuildBatch(batchSize));
        return AttentionModel.Load(path);
    }

    private static float[] Photo(string name) => TestImages.Letterboxed(Repository.Path("models", "samples", name));
}
