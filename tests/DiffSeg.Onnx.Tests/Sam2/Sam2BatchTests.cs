using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Sam2;

/// <summary>Several pictures in one run of a model built from SAM 2's encoder against a run for each by the model of one.</summary>
public sealed class Sam2BatchTests(ITestOutputHelper output) : IDisposable
{
    // Seen here: not one bit. Products of other sizes may be added up in another order elsewhere.
    private const double Tolerance = 1e-6;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_picture_of_a_run_has_the_attention_that_it_has_alone() => AssertSame(new SyntheticEncoder().SaveOnnx(_folder), 2);

    [Fact]
    public void So_it_has_where_each_run_may_take_any_number() =>
        AssertSame(new SyntheticEncoder { HasOpenBatch = true, HasNames = false }.SaveOrt(_folder), null);

    [Fact]
    public void So_it_has_with_the_real_encoder() => AssertSame(RealEncoder.Path, null);

    [Fact]
    public void A_model_that_merges_takes_one()
    {
        var error = Assert.Throws<ArgumentException>(() => ModelRun.Build(
            "anywhere", "model.onnx", new() { Form = AttentionForm.Merged, BatchSize = 2 }));

        Assert.Equal("options", error.ParamName);
        Assert.Contains("Set BatchSize to 1", error.Message);
    }

    private void AssertSame(string encoder, int? batchSize)
    {
        float[][] pictures = [ModelRun.Picture, [.. ModelRun.Picture.Reverse()]];
        AttentionModel one = ModelRun.Build(encoder, _folder.File("one.onnx")).Model;
        float[][][] expected = BatchRun.Alone(one, pictures);

        AttentionModel model = ModelRun.Build(encoder, _folder.File("several.onnx"), new() { BatchSize = batchSize }).Model;
        float[][][] actual = BatchRun.Together(model, pictures);

        Assert.Equal(batchSize, model.BatchSize);
        Assert.Equal(one.Outputs, model.Outputs);
        for (int b = 0; b < pictures.Length; b++)
        {
            var (difference, largest) = BatchRun.Compare(expected[b], actual[b]);
            var (apart, _) = BatchRun.Compare(expected[b], expected[1 - b]);
            output.WriteLine($"picture {b}: off by {difference:E1} of values up to {largest:E1}; the other picture is {apart:E1} away");
            Assert.True(difference <= Tolerance, $"picture {b} is off by {difference:E2}");
            Assert.True(apart > 10 * Tolerance, "the pictures are alike and prove nothing");
        }
    }
}
