using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Lowering;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Lowering;

/// <summary>Fused operators that only GPUs have, written out, against plain loops.</summary>
public sealed class ImageLoweringTests
{
    private const string Contributed = "com.microsoft";
    private const int Side = 3;
    private const int Width = 4;

    [Fact]
    public void Convolution_with_channels_last()
    {
        var graph = new TestGraph();
        float[] x = Declared(graph, "x", 1, Side, Side, Width);
        graph.Input("w", 2, 1, 1, Width);
        float[] w = graph.ValuesOf("w");
        graph.Input("b", 2);
        float[] b = graph.ValuesOf("b");
        graph.Node(Contributed, "NhwcConv", ["x", "w", "b"], ["y"], Attributes.Integers("kernel_shape", [1, 1]));

        float[] expected = new float[Side * Side * 2];
        for (int pixel = 0; pixel < Side * Side; pixel++)
        {
            for (int channel = 0; channel < 2; channel++)
            {
                expected[(pixel * 2) + channel] = b[channel] + Enumerable.Range(0, Width).Sum(c => x[(pixel * Width) + c] * w[(channel * Width) + c]);
            }
        }

        Close.Assert(expected, Lowered(graph)[0], 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Group_normalization(int activation)
    {
        var graph = new TestGraph();
        float[] x = Declared(graph, "x", 1, Side, Side, Width);
        var (gamma, beta) = Affine(graph);
        graph.Node(
            Contributed, "GroupNorm", ["x", "gamma", "beta"], ["y"],
            Attributes.Integer("groups", 2), Attributes.Integer("activation", activation), Attributes.Real("epsilon", 1e-5f));

        Close.Assert(Normalised(x, gamma, beta, activation == 1), Lowered(graph)[0], 1e-5);
    }

    [Theory]
    [InlineData(new long[] { 1, Side, Side, Width }, true)]
    [InlineData(new long[] { 1, Width }, false)]
    [InlineData(new long[] { 1, 1, 1, Width }, true)]
    public void Group_normalization_of_a_sum(long[] skipShape, bool withBias)
    {
        var graph = new TestGraph();
        float[] x = Declared(graph, "x", 1, Side, Side, Width);
        var (gamma, beta) = Affine(graph);
        float[] skip = Declared(graph, "skip", skipShape);
        float[] bias = Declared(graph, "bias", Width);
        graph.Node(
            Contributed, "SkipGroupNorm", withBias ? ["x", "gamma", "beta", "skip", "bias"] : ["x", "gamma", "beta", "skip"], ["y", "sum"],
            Attributes.Integer("groups", 2), Attributes.Real("epsilon", 1e-5f));
        graph.Output("sum");

        float[] sum = [.. x.Select((v, i) => v + skip[i % skip.Length] + (withBias ? bias[i % Width] : 0))];
        float[][] actual = Lowered(graph);

        Close.Assert(sum, actual[0], 1e-6);
        Close.Assert(Normalised(sum, gamma, beta, false), actual[1], 1e-5);
    }

    [Fact]
    public void Gated_linear_unit()
    {
        var graph = new TestGraph();
        float[] x = Declared(graph, "x", 1, 5, 6);
        graph.Weight("b", 6);
        float[] b = Floats(graph, "b");
        graph.Node(Contributed, "BiasSplitGelu", ["x", "b"], ["y"]);

        float[] expected = [.. Enumerable.Range(0, 5 * 3).Select(i =>
        {
            int row = i / 3 * 6;
            int column = i % 3;
            return (x[row + column] + b[column]) * Gelu(x[row + 3 + column] + b[3 + column]);
        })];

        Close.Assert(expected, Lowered(graph)[0], 1e-6);
    }

    [Fact]
    public void Sum_with_bias()
    {
        var graph = new TestGraph();
        float[] x = Declared(graph, "x", 1, 5, Width);
        float[] bias = Declared(graph, "bias", Width);
        float[] skip = Declared(graph, "skip", 1, 5, Width);
        graph.Node(Contributed, "BiasAdd", ["x", "bias", "skip"], ["y"]);

        Close.Assert([.. x.Select((v, i) => v + bias[i % Width] + skip[i])], Lowered(graph)[0], 1e-6);
    }

    private static float[] Declared(TestGraph graph, string name, params long[] shape)
    {
        graph.Input(name, shape);
        return graph.ValuesOf(name);
    }

    private static (float[] Gamma, float[] Beta) Affine(TestGraph graph)
    {
        graph.Weight("gamma", Width);
        graph.Weight("beta", Width);
        return (Floats(graph, "gamma"), Floats(graph, "beta"));
    }

    private static float[] Floats(TestGraph graph, string name) =>
        Onnx.Weights.TensorReference.ReadFloats(graph.Graph.Initializer.Single(t => t.Name == name));

    private static float[][] Lowered(TestGraph graph)
    {
        graph.Output("y");
        OperatorLowering.Apply(graph.Graph, 17, "test.onnx");
        Assert.All(graph.Graph.Node, n => Assert.Equal("", n.Domain));
        return graph.Run();
    }

    /// <summary>[pixels, channels] normalised over two groups of channels.</summary>
    private static float[] Normalised(float[] x, float[] gamma, float[] beta, bool silu)
    {
        var result = new float[x.Length];
        for (int group = 0; group < 2; group++)
        {
            int[] indices = [.. Enumerable.Range(0, x.Length).Where(i => i % Width / (Width / 2) == group)];
            double mean = indices.Average(i => (double)x[i]);
            double deviation = Math.Sqrt(indices.Average(i => (x[i] - mean) * (x[i] - mean)) + 1e-5);
            foreach (int i in indices)
            {
                double value = ((x[i] - mean) / deviation * gamma[i % Width]) + beta[i % Width];
                result[i] = (float)(silu ? value / (1 + Math.Exp(-value)) : value);
            }
        }

        return result;
    }

    // The error function as an integral, by Simpson's rule: another way than the operator's own.
    private static float Gelu(double x)
    {
        const int Steps = 2000;
        double end = x / Math.Sqrt(2);
        double h = end / Steps;
        double sum = 1 + Math.Exp(-end * end);
        for (int i = 1; i < Steps; i++)
        {
            sum += (i % 2 == 1 ? 4 : 2) * Math.Exp(-(i * h) * (i * h));
        }

        return (float)(0.5 * x * (1 + (2 / Math.Sqrt(Math.PI) * sum * h / 3)));
    }
}
