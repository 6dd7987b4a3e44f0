using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Weights;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DiffSeg.Onnx.Tests.Weights;

/// <summary>
/// A small network that uses weights in each of the ways that matter for their storage, on an image [1, 8, 8, 8]:
/// conv [64, 8, 3, 3] with bias, tokens, matmul [64, 128], gemm [96, 128] transposed, attend [96, 96] transposed in
/// front of its product, table [80, 96] that is gathered from, offsets [1024] that are added.
/// </summary>
internal static class WeightedNetwork
{
    public const string Input = "image", Output = "tokens";

    public static ModelProto Make()
    {
        var random = new Random(7);
        var model = new ModelProto
        {
            IrVersion = 8,
            Graph = new GraphProto { Name = "weighted" },
            OpsetImport = { new OperatorSetProto { Version = 17 } },
        };
        var graph = new GraphBuilder(model.Graph);
        Value tokens = graph
            .Node("Conv", [graph.Input(Input, 1, 8, 8, 8), Weight("conv", 64, 8, 3, 3), Weight("conv.bias", 64)], null, Attributes.Integers("pads", [1, 1, 1, 1]))
            .Reshape(graph.Integers("flat", 64, 64))
            .Transpose()
            .MatMul(Weight("matmul", 64, 128));
        tokens = graph.Node("Gemm", [tokens, Weight("gemm", 96, 128)], null, Attributes.Integer("transB", 1));
        tokens = tokens.MatMul(graph.Node("Transpose", [Weight("attend", 96, 96)], null, Attributes.Integers("perm", [1, 0])));
        Value gathered = graph.Node("Gather", [Weight("table", 80, 96), graph.Integers("rows", [.. Enumerable.Range(0, 64).Select(i => (long)i)])]);
        Value offsets = Weight("offsets", 1024).Reshape(graph.Integers("grid", 64, 16));
        Value all = graph.Node("Concat", [tokens + gathered, offsets], Output, Attributes.Integer("axis", 1));
        graph.Output(all, 64, 112);
        return model;

        // Channels of different magnitude, so that one scale for all would show.
        Value Weight(string name, params long[] shape) => graph.Constant(
            name, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b))
                .Select(_ => (float)((random.NextDouble() * 2 - 1) * Math.Exp(3 * random.NextDouble() - 4)))], shape);
    }

    public static TensorProto Weight(this ModelProto model, string name) => model.Graph.Initializer.Single(t => t.Name == name);

    /// <summary>Replaces the values of a weight.</summary>
    public static void SetWeight(this ModelProto model, string name, Func<float[], float[]> change)
    {
        TensorProto tensor = model.Weight(name);
        tensor.RawData = TensorReference.FromFloats(name, [], change(TensorReference.ReadFloats(tensor))).RawData;
    }

    public static float[] Image() => [.. Enumerable.Range(0, 512).Select(i => MathF.Sin(i))];

    public static float[] Run(string path)
    {
        using var session = new InferenceSession(path);
        var image = new DenseTensor<float>(Image(), [1, 8, 8, 8]);
        using var outputs = session.Run([NamedOnnxValue.CreateFromTensor(Input, image)]);
        return [.. outputs.Single().AsEnumerable<float>()];
    }
}
