using DiffSeg.Onnx.Batching;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Tests.Support;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Onnx.Tests.Batching;

/// <summary>Small graphs of one picture [1, 4, 6, 5], made ones of several: each picture must come out as it does alone.</summary>
public sealed class PictureAxisTests
{
    private const int Length = 4 * 6 * 5;

    private static readonly Dictionary<string, Func<Value, Value>> Kept = new()
    {
        ["numbers and vectors"] = x => (x * 2 + Weights(x, 5)) / Weights(x, 6, 1),
        ["weights with as many axes"] = x => x * Weights(x, 1, 4, 1, 5),
        ["weights with more axes"] = x => x + Weights(x, 3, 1, 4, 6, 1),
        ["weights for each row of a folded axis"] = x => x.Reshape([4, 6, 5]) + Weights(x, 4, 1, 5),
        ["a condition"] = x => x.IsAbove(0.1).CastTo(TensorProto.Types.ElementType.Bool).Where(x, x * -1),
        ["broadcast among values of the picture"] = x => x.Reshape([4, 6, 5]) + x.Slice(x.Graph.Index(0), x.Graph.Index(1), x.Graph.Index(1)).Reshape([1, 6, 5]),
        ["a value with fewer axes"] = x => x + x.Slice(x.Graph.Index(0), x.Graph.Index(1), x.Graph.Index(1)).Reshape([6, 5]),
        ["rows times weights"] = x => x.Reshape([24, 5]).MatMul(Weights(x, 5, 3)),
        ["weights times columns"] = x => Weights(x, 3, 24).MatMul(x.Reshape([24, 5])),
        ["folded heads times weights of each head"] = x => x.Reshape([4, 6, 5]).MatMul(Weights(x, 4, 5, 7)),
        ["one head times weights of several"] = x => x.Reshape([1, 24, 5]).MatMul(Weights(x, 3, 5, 7)),
        ["queries times keys"] = x => x.MatMul(x.Transpose([0, 1, 3, 2])).Softmax(-1).MatMul(x),
        ["a matrix times itself"] = x => x.Reshape([24, 5]).MatMul(x.Reshape([5, 24])),
        ["a product with a sum"] = x => x.Graph.Node("Gemm", [x.Reshape([24, 5]), Weights(x, 5, 3), Weights(x, 3)]),
        ["shapes that say what remains"] = x => x.Reshape([4, -1, 5]).Reshape([0, 3, -1]).Reshape([1, -1, 5]),
        ["windows"] = x => x.Reshape([1, 4, 3, 2, 5]).Transpose([0, 2, 1, 3, 4]).Reshape([3, 40]).Softmax(1).Reshape([1, 3, 4, 2, 5]),
        ["sums"] = x => x.Sum(x.Graph.Integers([2, -1])) + x.Mean(1) + x.Min(3),
        ["parts"] = x => Half(x, 0).Concat(1, Half(x, 2)).Reshape([4, 1, 30]).Squeeze(1),
        ["an axis more"] = x => x.Graph.Node("Unsqueeze", [x, x.Graph.Index(2)]),
        ["chosen columns"] = x => x.Graph.Node("Gather", [x, x.Graph.Integers([3, 0])], null, Attributes.Integer("axis", 3)),
        ["repeated"] = x => x.Graph.Node("Expand", [x.Mean(1), x.Graph.Integers([1, 8, 6, 5])]),
        ["a convolution"] = x => x.PadWithEdge(x.Graph.Integers([0, 0, 1, 1, 0, 0, 1, 1])).Conv(Weights(x, 2, 4, 3, 3)),
        ["normalised in groups"] = x => x.Graph.Node("InstanceNormalization", [x.Reshape([0, 2, -1]), x.Graph.Filled(1, 2), x.Graph.Filled(0, 2)]),
        ["enlarged"] = x => x.Graph.Node("Resize", [x, null, x.Graph.Once("scales", [1, 1, 2, 2], 4)]),
    };

    private static readonly Dictionary<string, (string Found, Func<Value, Value> Make)> Mixing = new()
    {
        ["pictures moved"] = ("(Transpose) mixes or moves the first axis", x => x.Transpose([1, 0, 2, 3])),
        ["a sum over pictures"] = ("(ReduceMean) mixes", x => x.Mean(0, 1)),
        ["a softmax over pictures"] = ("(Softmax) mixes", x => x.Softmax(-4)),
        ["pictures beside weights"] = ("(Concat) mixes", x => x.Concat(1, Weights(x, 1, 2, 6, 5))),
        ["a row of a folded axis"] = ("(Slice) mixes", x => x.Reshape([4, 30]).Slice(x.Graph.Index(0), x.Graph.Index(2), x.Graph.Index(0))),
        ["an axis in front"] = ("(Unsqueeze) mixes", x => x.Graph.Node("Unsqueeze", [x, x.Graph.Index(0)])),
        ["the picture's axis gone"] = ("(Squeeze) mixes", x => x.Squeeze(0)),
        ["sizes of one picture"] = ("(Resize) mixes", x => x.Graph.Node("Resize", [x, null, null, x.Graph.Integers([1, 4, 12, 10])])),
        ["an unknown operator"] = ("(CumSum) is of an operator that is not known", x => x.Graph.Node("CumSum", [x, x.Graph.Integer(1)])),
    };

    public static TheoryData<string, int?> KeptCases => [.. Kept.Keys.SelectMany(k => new (string, int?)[] { (k, 3), (k, null) })];

    public static TheoryData<string> MixingCases => [.. Mixing.Keys];

    [Theory]
    [MemberData(nameof(KeptCases))]
    public void Each_picture_comes_out_as_it_does_alone(string name, int? batchSize)
    {
        ModelProto model = Model(Kept[name]);
        float[] pictures = [.. Enumerable.Range(0, 3 * Length).Select(i => MathF.Sin(i * 0.37f) + (i / Length))];
        float[][] expected = [.. Enumerable.Range(0, 3).Select(b => Run(model, 1, pictures[(b * Length)..((b + 1) * Length)]))];

        PictureAxis.Free(model, "x", new(batchSize), 17, "file.onnx");
        GraphCut.Prune(model.Graph);

        Assert.NotEqual(expected[0], expected[1]);
        Close.Assert([.. expected.SelectMany(e => e)], Run(model, 3, pictures), 1e-5);
        Assert.Equal(batchSize ?? 0, model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue);
    }

    [Theory]
    [MemberData(nameof(MixingCases))]
    public void What_mixes_pictures_is_refused(string name)
    {
        ModelProto model = Model(Mixing[name].Make);

        var error = Assert.Throws<AttentionModelException>(() => PictureAxis.Free(model, "x", new(2), 17, "file.onnx"));

        Assert.Equal("file.onnx", error.ModelPath);
        Assert.Contains(Mixing[name].Found, error.Found);
        Assert.StartsWith("Build the model for one picture in a run", error.Advice);
    }

    private static Value Half(Value x, int from) => x.Slice(x.Graph.Index(from), x.Graph.Index(from + 2), x.Graph.Index(1));

    private static Value Weights(Value x, params long[] shape)
    {
        long count = shape.Aggregate(1L, (a, b) => a * b);
        return x.Graph.Once($"weights {string.Join(' ', shape)}", [.. Enumerable.Range(0, (int)count).Select(i => MathF.Cos(i * 0.9f) + 1.5f)], shape);
    }

    private static ModelProto Model(Func<Value, Value> make)
    {
        var graph = new TestGraph();
        Value y = make(graph.Input("x", 1, 4, 6, 5));
        graph.Output(y.Name);
        return graph.Model();
    }

    private static float[] Run(ModelProto model, int pictures, float[] values)
    {
        using var session = new InferenceSession(model.ToByteArray());
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(values, [pictures, 4, 6, 5]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, ["x"], [input], session.OutputNames);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
