using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using Google.Protobuf;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Tests.StableDiffusion;

/// <summary>
/// A text encoder of a few nodes whose states are the token numbers times given factors, [batch, tokens, factors], so
/// that a test sees what was fed; its pooled output is the states of token 1. Sizes below 1 are not fixed.
/// </summary>
internal sealed class TinyTextEncoder
{
    private readonly ModelProto _model = new()
    {
        IrVersion = 8,
        Graph = new GraphProto { Name = "text" },
        OpsetImport = { new OperatorSetProto { Domain = "", Version = 17 } },
    };

    private readonly GraphBuilder _graph;
    private readonly string _ids;

    public TinyTextEncoder(ElementType type = ElementType.Int64, int batch = 0, int tokens = 0, string name = "input_ids")
    {
        _graph = new GraphBuilder(_model.Graph);
        _ids = name;
        Input(name, type, batch, tokens);
    }

    public TinyTextEncoder Input(string name, ElementType type, params ReadOnlySpan<int> shape)
    {
        _graph.Input(name);
        _model.Graph.Input[^1] = Tensor(name, type, shape);
        return this;
    }

    /// <summary>Adds an output of states, or of the pooled embedding.</summary>
    public TinyTextEncoder Output(string name, float[] factors, ElementType type = ElementType.Float, bool pooled = false)
    {
        Value ids = Cast(new Value(_graph, _ids), ElementType.Float);
        Value states = _graph.Node("Unsqueeze", [ids, _graph.Integers($"{name} axis", -1)])
            * _graph.Constant($"{name} factors", factors, factors.Length);
        if (pooled)
        {
            Value one = _graph.Integers($"{name} token", 1);
            states = _graph.Node("Squeeze", [_graph.Node("Gather", [states, one], null, Attributes.Integer("axis", 1)), one]);
        }

        Cast(states, type, name);
        _model.Graph.Output.Add(pooled ? Tensor(name, type, 0, factors.Length) : Tensor(name, type, 0, 0, factors.Length));
        return this;
    }

    /// <summary>Makes the file one for a GPU: an operator that ONNX Runtime has no kernel for on the CPU.</summary>
    public TinyTextEncoder Fused()
    {
        _model.Graph.Node[^1].OpType = "NhwcConv";
        _model.Graph.Node[^1].Domain = "com.microsoft";
        _model.OpsetImport.Add(new OperatorSetProto { Domain = "com.microsoft", Version = 1 });
        return this;
    }

    /// <summary>Writes the file with the factors in a data file beside it.</summary>
    public void Save(string path, string dataName)
    {
        using FileStream data = File.Create(Path.Combine(Path.GetDirectoryName(path)!, dataName));
        foreach (TensorProto tensor in _model.Graph.Initializer.Where(t => t.DataType == (int)ElementType.Float))
        {
            tensor.ExternalData.Add(new MetadataEntryProto { Key = "location", Value = dataName });
            tensor.ExternalData.Add(new MetadataEntryProto { Key = "offset", Value = $"{data.Position}" });
            tensor.ExternalData.Add(new MetadataEntryProto { Key = "length", Value = $"{tensor.RawData.Length}" });
            tensor.DataLocation = TensorProto.Types.DataLocation.External;
            tensor.RawData.WriteTo(data);
            tensor.ClearRawData();
        }

        File.WriteAllBytes(path, _model.ToByteArray());
    }

    public byte[] ToBytes() => _model.ToByteArray();

    private Value Cast(Value value, ElementType type, string? name = null) =>
        _graph.Node("Cast", [value], name, Attributes.Integer("to", (long)type));

    private static ValueInfoProto Tensor(string name, ElementType type, params ReadOnlySpan<int> shape)
    {
        var sizes = new TensorShapeProto();
        foreach (int size in shape)
        {
            sizes.Dim.Add(size > 0
                ? new TensorShapeProto.Types.Dimension { DimValue = size }
                : new TensorShapeProto.Types.Dimension { DimParam = $"{name} {sizes.Dim.Count}" });
        }

        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = sizes } } };
    }
}
