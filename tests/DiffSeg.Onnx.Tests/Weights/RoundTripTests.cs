using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Tests.Support;
using DiffSeg.Onnx.Weights;
using Microsoft.ML.OnnxRuntime;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Tests.Weights;

/// <summary>Models of every kind, read and written again.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Models => Fixtures.Models;

    [Theory]
    [MemberData(nameof(Models))]
    public void Graph_and_values_are_the_same(string name)
    {
        ModelProto model = OnnxModelFile.Read(Fixtures.PathOf(name));

        foreach (long limit in (long[])[0, 1 << 30])
        {
            WrittenModel written = model.Write(_folder.File("copy.onnx"), WeightStorage.Float32, limit);

            Assert.Equal(limit == 0 ? 2 : 1, Directory.GetFiles(_folder.Path).Length);
            Assert.Equal(limit == 0, written.DataPath is not null);
            Assert.Equal(written.Bytes, Directory.GetFiles(_folder.Path).Sum(f => new FileInfo(f).Length));
            AssertEqual(model, OnnxModelFile.Read(written.Path));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Values_stored_smaller_are_within_the_error_of_the_format(string name)
    {
        ModelProto model = OnnxModelFile.Read(Fixtures.PathOf(name));
        Dictionary<string, TensorProto> halves = Stored(model, WeightStorage.Float16), numbers = Stored(model, WeightStorage.Int8);
        ILookup<string, string> uses = model.Graph.Node.SelectMany(n => n.Input, (n, i) => (n.OpType, Name: i)).ToLookup(u => u.Name, u => u.OpType);

        foreach (TensorProto tensor in model.Graph.Initializer.Where(t => ElementTypes.IsReal(t.DataType)))
        {
            float[] values = TensorReference.ReadFloats(tensor);
            float[] rounded = TensorReference.ReadFloats(halves.GetValueOrDefault($"{tensor.Name}/fp16") ?? halves[tensor.Name]);
            Assert.Equal(values.Length, rounded.Length);
            Assert.DoesNotContain(values.Zip(rounded), v => Math.Abs(v.First - v.Second) > Math.Abs(v.First) / 2048 + 1e-7f);

            if (numbers.TryGetValue($"{tensor.Name}/int8", out TensorProto? stored))
            {
                float scale = TensorReference.ReadFloats(numbers[$"{tensor.Name}/scale"]).Max();
                byte[] bytes = TensorReference.ReadBytes(stored);
                Assert.Equal(values.Length, bytes.Length);
                Assert.DoesNotContain(bytes, b => (sbyte)b == sbyte.MinValue);
                Assert.InRange(values.Max(Math.Abs), scale * 126.99, scale * 127.01);
            }
            else
            {
                Assert.Equal(rounded, TensorReference.ReadFloats(numbers.GetValueOrDefault($"{tensor.Name}/fp16") ?? numbers[tensor.Name]));
                bool isFactor = uses[tensor.Name].Distinct().ToArray() is ["Conv" or "MatMul" or "Gemm"];
                Assert.False(isFactor && values.Length >= 4096, tensor.Name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Outputs_in_ONNX_Runtime_are_the_same(string name)
    {
        string path = Fixtures.PathOf(name);
        using InferenceSession original = Open(path);
        ModelProto model = OnnxModelFile.Read(path);
        bool isRandom = model.Graph.Node.Any(n => n.OpType.StartsWith("Random", StringComparison.Ordinal));
        bool isUNet = model.Graph.Input.Any(i => i.Name == "timestep");
        Narrow(model.Graph);
        WrittenModel written = model.Write(_folder.File("copy.onnx"), WeightStorage.Float32, isUNet ? 0 : 1 << 30);

        IReadOnlyList<float[]> expected = RandomInputs.Run(original);
        using InferenceSession copy = Open(written.Path);
        IReadOnlyList<float[]> actual = RandomInputs.Run(copy);

        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            // Old VAE encoders add noise of about 1e-3 to values of up to 60.
            Assert.InRange(Distances.Largest(expected[i], actual[i]), 0, isRandom ? 0.05 : 1e-6);
        }
    }

    private Dictionary<string, TensorProto> Stored(ModelProto model, WeightStorage storage) =>
        OnnxModelFile.Read(model.Write(_folder.File($"{storage}.onnx"), storage).Path).Graph.Initializer.ToDictionary(t => t.Name);

    private static InferenceSession Open(string path)
    {
        using var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_BASIC };
        try
        {
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException e) when (e.Message.Contains("NOT_IMPLEMENTED", StringComparison.Ordinal)
            || e.Message.Contains("NotImplemented", StringComparison.Ordinal))
        {
            Assert.Skip($"ONNX Runtime does not run the original on the CPU: {e.Message}");
            throw;
        }
    }

    /// <summary>
    /// The writer takes it that the graph computes in float32. Here the graph is as exported: where it uses float16 or
    /// double, a Cast leads back to it.
    /// </summary>
    private static void Narrow(GraphProto graph)
    {
        List<NodeProto> casts = [];
        foreach (TensorProto tensor in graph.Initializer.Where(t => (ElementType)t.DataType is ElementType.Float16 or ElementType.Double))
        {
            string name = tensor.Name;
            tensor.Name = $"{name}/wide";
            casts.Add(new NodeProto
            {
                OpType = "Cast",
                Input = { tensor.Name },
                Output = { name },
                Attribute = { Attributes.Integer("to", tensor.DataType) },
            });
        }

        NodeProto[] nodes = [.. casts, .. graph.Node];
        graph.Node.Clear();
        graph.Node.Add(nodes);
    }

    private static void AssertEqual(ModelProto expected, ModelProto actual)
    {
        Dictionary<string, TensorProto> tensors = actual.Graph.Initializer.ToDictionary(t => t.Name);
        foreach (TensorProto tensor in expected.Graph.Initializer)
        {
            Assert.True(tensors.Remove(tensor.Name, out TensorProto? other), tensor.Name);
            Assert.Equal(tensor.Dims, other.Dims);
            if (ElementTypes.IsReal(tensor.DataType))
            {
                Assert.Equal((int)ElementType.Float, other.DataType);
                Assert.Equal(TensorReference.ReadFloats(tensor), TensorReference.ReadFloats(other));
            }
            else
            {
                Assert.Equal(tensor.DataType, other.DataType);
                Assert.Equal(TensorReference.ReadBytes(tensor), TensorReference.ReadBytes(other));
            }
        }

        Assert.Empty(tensors);
        ModelProto left = WithoutInitialisers(expected), right = WithoutInitialisers(actual);
        Assert.Equal(left, right);
    }

    private static ModelProto WithoutInitialisers(ModelProto model)
    {
        ModelProto copy = model.Clone();
        copy.Graph.Initializer.Clear();
        return copy;
    }
}
