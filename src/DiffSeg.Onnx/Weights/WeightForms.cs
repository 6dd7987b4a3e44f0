using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Weights;

/// <summary>
/// Gives every initialiser of a graph the form in which it is stored, and the graph the nodes that turn it back into
/// the float32 that the graph computes with.
/// </summary>
/// <remarks>
/// ML.NET's ApplyOnnxModel refuses float16 among the main graph's initialisers; it takes Constant nodes of float16,
/// also with external data, and int8 initialisers.
/// </remarks>
internal sealed class WeightForms(GraphProto graph, WeightStorage storage, WeightBlocks blocks)
{
    private const int SmallCount = 1024;
    private const int LeastInt8Count = 4096;

    private readonly OutputChannels _channels = new(graph);
    private readonly HashSet<string> _inputs = [.. graph.Input.Select(i => i.Name)];
    private readonly HashSet<string> _names =
        [.. graph.Input.Select(i => i.Name), .. graph.Initializer.Select(i => i.Name), .. graph.Node.SelectMany(n => n.Output)];

    private readonly List<StoredTensor> _tensors = [];
    private readonly List<NodeProto> _wideners = [];

    /// <summary>How often values are read: to measure them, and to write them.</summary>
    public static int Passes(WeightStorage storage) => storage == WeightStorage.Float32 ? 1 : 2;

    /// <summary>Changes the main graph, takes its large initialisers out of it, and gives these.</summary>
    public IReadOnlyList<StoredTensor> TakeInitialisers()
    {
        TensorProto[] initialisers = [.. graph.Initializer];
        graph.Initializer.Clear();
        foreach (TensorProto tensor in initialisers)
        {
            long measured = blocks.DoneBytes + (Passes(storage) - 1) * TensorReference.ByteLength(tensor);
            Take(tensor);
            blocks.PassTo(measured);
        }

        NodeProto[] nodes = [.. _wideners, .. graph.Node];
        graph.Node.Clear();
        graph.Node.Add(nodes);
        return _tensors;
    }

    private void Take(TensorProto tensor)
    {
        if (!ElementTypes.IsReal(tensor.DataType))
        {
            Keep(tensor);
        }
        else if (ElementTypes.Count(tensor) < SmallCount)
        {
            graph.Initializer.Add(TensorReference.FromFloats(tensor.Name, [.. tensor.Dims], TensorReference.ReadFloats(tensor)));
        }
        else if (_inputs.Contains(tensor.Name) || !TryInt8(tensor) && !TryHalf(tensor))
        {
            StoredValues values = tensor.DataType == (int)ElementType.Float ? new UnchangedValues(tensor) : new FloatValues(tensor);
            _tensors.Add(new(values.Header(tensor.Name), values));
        }
    }

    private void Keep(TensorProto tensor)
    {
        if (tensor.DataType == (int)ElementType.String || TensorReference.ByteLength(tensor) <= OnnxModelFile.InlineLimit)
        {
            graph.Initializer.Add(tensor);
            return;
        }

        var values = new UnchangedValues(tensor);
        _tensors.Add(new(values.Header(tensor.Name), values));
    }

    private bool TryHalf(TensorProto tensor)
    {
        // Under int8 too: what no product or convolution takes as its weights has no output channels to be scaled by.
        if (storage == WeightStorage.Float32)
        {
            return false;
        }

        bool isHalf = tensor.DataType == (int)ElementType.Float16;
        if (!isHalf && !HalfValues.Reach(tensor, blocks))
        {
            return false;
        }

        StoredValues values = isHalf ? new UnchangedValues(tensor) : new HalfValues(tensor);
        string name = Unused($"{tensor.Name}/fp16");
        var constant = new NodeProto { OpType = "Constant", Name = name, Output = { name } };
        _tensors.Add(new(values.Header(name), values, constant));
        _wideners.Add(Widener("Cast", tensor, [name], Attributes.Integer("to", (int)ElementType.Float)));
        return true;
    }

    private bool TryInt8(TensorProto tensor)
    {
        if (storage != WeightStorage.Int8 || tensor.Dims.Count < 2 || ElementTypes.Count(tensor) < LeastInt8Count
            || _channels.AxisOf(tensor.Name, tensor.Dims.Count) is not { } axis
            || Int8Values.Measure(tensor, axis, blocks) is not { } values)
        {
            return false;
        }

        string name = Unused($"{tensor.Name}/int8"), scales = Unused($"{tensor.Name}/scale");
        _tensors.Add(new(values.Header(name), values));
        graph.Initializer.Add(TensorReference.FromFloats(scales, [values.Scales.Length], values.Scales));
        _wideners.Add(Widener("DequantizeLinear", tensor, [name, scales], Attributes.Integer("axis", axis)));
        return true;
    }

    private NodeProto Widener(string operation, TensorProto tensor, string[] inputs, AttributeProto attribute) =>
        new() { OpType = operation, Name = Unused($"{tensor.Name}/fp32"), Input = { inputs }, Output = { tensor.Name }, Attribute = { attribute } };

    private string Unused(string name)
    {
        while (!_names.Add(name))
        {
            name += "_";
        }

        return name;
    }
}
