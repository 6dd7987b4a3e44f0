using DiffSeg.Onnx.Format;
using Google.Protobuf;

namespace DiffSeg.Onnx.Weights;

/// <summary>A model laid out as one .onnx file: the values of its large tensors are streamed into their places.</summary>
internal sealed class SingleFile
{
    private readonly ModelProto _model;
    private readonly List<(byte[] Opening, StoredValues Values)> _parts;
    private readonly byte[] _opening;
    private readonly byte[] _restOfGraph;

    /// <summary>Lays the file out.</summary>
    /// <remarks>Nested tensors are read into memory: graphs inside a graph hold no weights to speak of.</remarks>
    public SingleFile(StoredModel stored, WeightBlocks blocks)
    {
        foreach (StoredTensor nested in stored.Nested)
        {
            using var values = new MemoryStream();
            nested.Values.Write(blocks, values.Write);
            nested.Tensor.RawData = ByteString.CopyFrom(values.GetBuffer().AsSpan(0, (int)values.Length));
        }

        _model = stored.Model.Clone();
        _restOfGraph = _model.Graph.ToByteArray();
        _model.Graph = null;

        // Parts of the graph come before the rest of it: constants must stand in front of the nodes that use them.
        _parts = [.. stored.Tensors.Select(t => (Open(t), t.Values))];
        long graphLength = _parts.Sum(p => p.Opening.Length + p.Values.Length) + _restOfGraph.Length;
        _opening = SplicedMessage.Open(_model, ModelProto.GraphFieldNumber, graphLength);
        Length = _opening.Length + graphLength;
    }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; }

    public void Write(Stream file, WeightBlocks blocks)
    {
        file.Write(_opening);
        foreach (var (opening, values) in _parts)
        {
            file.Write(opening);
            values.Write(blocks, file.Write);
        }

        file.Write(_restOfGraph);
    }

    /// <summary>The part of a graph that holds a tensor, up to the tensor's values.</summary>
    private static byte[] Open(StoredTensor stored)
    {
        long length = stored.Values.Length;
        byte[] tensor = SplicedMessage.Open(stored.Tensor, TensorProto.RawDataFieldNumber, length);
        if (stored.Constant is null)
        {
            return SplicedMessage.Open(new GraphProto(), GraphProto.InitializerFieldNumber, tensor, length);
        }

        byte[] attribute = SplicedMessage.Open(StoredTensor.ValueAttribute(), AttributeProto.TFieldNumber, tensor, length);
        byte[] node = SplicedMessage.Open(stored.Constant, NodeProto.AttributeFieldNumber, attribute, length);
        return SplicedMessage.Open(new GraphProto(), GraphProto.NodeFieldNumber, node, length);
    }
}
