using DiffSeg.Onnx.Folding;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Sam2;

/// <summary>The attention of a built model against a plain reference, on an encoder with small random weights.</summary>
public sealed class Sam2AttentionTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(7, 9)]
    [InlineData(9, 5)]
    [InlineData(5, 7, 9)]
    public void Attention_equals_the_mean_over_heads_and_blocks(params int[] blocks)
    {
        var encoder = new SyntheticEncoder();
        float[] expected = AttentionReference.Of(encoder.Build(), ModelRun.Picture, blocks);

        AttentionModelReport report = ModelRun.Build(
            encoder.SaveOnnx(_folder), _folder.File("model.onnx"), new Sam2AttentionOptions { Blocks = blocks });

        float[] actual = ModelRun.Attention(report.Model, ModelRun.Picture);
        double error = ModelRun.LargestDifference(expected, actual);
        output.WriteLine($"largest error {error:E1} of values up to {expected.Max():E1}");
        Assert.True(error <= 1e-6, $"off by {error:E2}");
        Assert.True(expected.Max() > 10.0 / expected.Length, "the reference is flat and proves nothing");
        AssertRowsSumToOne(actual);
        Assert.Equal(blocks.Order(), report.Layers.Select(l => l.Index));
    }

    [Fact]
    public void Both_formats_names_and_open_sizes_make_no_difference()
    {
        float[] expected = Attention(new SyntheticEncoder().SaveOnnx(_folder));

        Assert.Equal(expected, Attention(new SyntheticEncoder { HasNames = false }.SaveOnnx(_folder)));
        Assert.Equal(expected, Attention(new SyntheticEncoder { ImageName = "pixels", HasOpenBatch = true }.SaveOnnx(_folder)));

        // What ONNX Runtime folds before it writes its own format may round differently.
        double error = ModelRun.LargestDifference(expected, Attention(new SyntheticEncoder().SaveOrt(_folder)));
        Assert.True(error <= 1e-6, $"off by {error:E2}");
    }

    [Theory]
    [InlineData(WeightStorage.Float16, "fp16", 1e-3)]
    [InlineData(WeightStorage.Int8, "int8", 2e-2)]
    public void Stored_in_fewer_bits_it_is_smaller_and_nearly_the_same(WeightStorage storage, string precision, double tolerance)
    {
        string encoder = new SyntheticEncoder().SaveOnnx(_folder);
        AttentionModelReport exact = ModelRun.Build(encoder, _folder.File("exact.onnx"));

        AttentionModelReport report = ModelRun.Build(
            encoder, _folder.File("model.onnx"), new Sam2AttentionOptions { Weights = storage });

        float[] expected = ModelRun.Attention(exact.Model, ModelRun.Picture), actual = ModelRun.Attention(report.Model, ModelRun.Picture);
        double moved = expected.Zip(actual, (x, y) => Math.Abs((double)x - y)).Sum() / 2 / 4096;
        output.WriteLine($"{report.After.Bytes} bytes of {exact.After.Bytes}, {moved:P3} of the attention moved");
        Assert.Equal(precision, report.Model.WeightPrecision);
        Assert.True(report.After.Bytes < exact.After.Bytes * 0.7);
        Assert.InRange(moved, 1e-9, tolerance);
        AssertRowsSumToOne(actual);
    }

    [Fact]
    public void No_tensor_holds_the_probabilities_of_more_than_one_head()
    {
        AttentionModelReport report = ModelRun.Build(new SyntheticEncoder().SaveOnnx(_folder), _folder.File("model.onnx"));

        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(report.Model.Path));
        var shapes = ShapeFolding.Fold(
            model, [.. model.Graph.Node.Where(n => n.OpType is "MatMul" or "Softmax" or "Add").Select(n => n.Output[0])], "model.onnx");
        Assert.Equal(4096 * 4096, shapes.Values.Max(s => s.Aggregate(1L, (a, b) => a * b)));
        Assert.Equal(3 * 4, shapes.Count(s => s.Key.StartsWith("Softmax", StringComparison.Ordinal) && s.Value[^1] == 4096));
    }

    private float[] Attention(string encoder) =>
        ModelRun.Attention(ModelRun.Build(encoder, _folder.File("model.onnx")).Model, ModelRun.Picture);

    private static void AssertRowsSumToOne(float[] attention)
    {
        const int Tokens = 4096;
        for (int row = 0; row < Tokens; row++)
        {
            double sum = 0;
            foreach (float value in attention.AsSpan(row * Tokens, Tokens))
            {
                Assert.True(value >= 0, $"{value} in row {row}");
                sum += value;
            }

            Assert.InRange(sum, 1 - 1e-5, 1 + 1e-5);
        }
    }
}
