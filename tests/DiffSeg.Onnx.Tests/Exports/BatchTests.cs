using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>Several pictures in one run of a built model against a run for each by the model of one picture.</summary>
[Collection(WholeExports.Name)]
public sealed class BatchTests(BuiltModels models, ITestOutputHelper output)
{
    // Not bit by bit: products of other sizes are added up in another order. Seen: 2e-7.
    private const double Tolerance = 1e-6;

    // Where the number of pictures is free, ONNX Runtime knows no shapes and takes other kernels, for one picture too. Seen:
    // 4.4e-4, in single heads of a network of random weights that rises to 1; 1.1e-5 in means.
    private const double OtherKernels = 2e-3;

    [Theory]
    [MemberData(nameof(ExportCases.Sets), MemberType = typeof(ExportCases))]
    public void Each_picture_of_a_run_has_the_attention_that_it_has_alone(string name) =>
        AssertSame(ExportSet.Of(name), new() { ImageHeight = 128, ImageWidth = 192 }, 2);

    [Theory]
    [InlineData("Version1")]
    [InlineData("Version2")]
    [InlineData("XL")]
    public void So_it_has_where_each_run_may_take_any_number(string family) =>
        AssertSame(ExportSet.OfFamily(Enum.Parse<SdFamily>(family)), new() { ImageHeight = 128, ImageWidth = 192 }, null);

    [Theory]
    [InlineData(AttentionForm.Raw, 2)]
    [InlineData(AttentionForm.Raw, null)]
    [InlineData(AttentionForm.Layers, 2)]
    [InlineData(AttentionForm.Resolutions, null)]
    public void Every_form_takes_several(AttentionForm form, int? batchSize) =>
        AssertSame(ExportSet.OfFamily(SdFamily.Version1), new() { ImageHeight = 128, ImageWidth = 192, Form = form }, batchSize);

    [Theory]
    [InlineData(2)]
    [InlineData(null)]
    public void A_model_that_merges_takes_one(int? batchSize)
    {
        var error = Assert.Throws<ArgumentException>(() => AttentionModelBuilder.Build(
            "anywhere", "model.onnx", new() { Form = AttentionForm.Merged, BatchSize = batchSize }, null, TestContext.Current.CancellationToken));

        Assert.Equal("options", error.ParamName);
        Assert.Contains("Set BatchSize to 1", error.Message);
    }

    private void AssertSame(ExportSet set, AttentionModelOptions options, int? batchSize)
    {
        float[] waves = Pictures.Waves(options.ImageHeight, options.ImageWidth);
        float[][] pictures = [waves, [.. waves.Select(v => -v * 0.5f)], [.. waves.Reverse()]];
        pictures = pictures[..(batchSize ?? 3)]; // three where the number is free
        AttentionModel one = models.FromImage(set, options).Model!;
        float[][][] expected = BatchRun.Alone(one, pictures);

        AttentionModel model = models.FromImage(set, options with { BatchSize = batchSize }).Model!;
        float[][][] actual = BatchRun.Together(model, pictures);

        Assert.Equal(batchSize, model.BatchSize);
        Assert.Equal(one.Outputs, model.Outputs);
        AssertClose(expected, actual, batchSize is null ? OtherKernels : Tolerance);
        if (batchSize is null)
        {
            AssertClose(BatchRun.Alone(model, pictures), actual, Tolerance);
        }
    }

    private void AssertClose(float[][][] expected, float[][][] actual, double tolerance)
    {
        for (int b = 0; b < expected.Length; b++)
        {
            var (difference, largest) = BatchRun.Compare(expected[b], actual[b]);
            var (apart, _) = BatchRun.Compare(expected[b], expected[(b + 1) % expected.Length]);
            output.WriteLine($"picture {b}: off by {difference:E1} of values up to {largest:E1}; another picture is {apart:E1} away");
            Assert.True(difference <= tolerance, $"picture {b} is off by {difference:E2}");
            Assert.True(apart > 10 * tolerance, "the pictures are alike and prove nothing");
        }
    }
}
