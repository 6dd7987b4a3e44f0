using System.IO.Hashing;
using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Weights;

/// <summary>The large tensors of a model laid out as a file of external data, one after the other.</summary>
internal sealed class DataFile
{
    private const int PageSize = 4096; // what lies on pages of its own can be mapped into memory
    private const int LargeLength = 1 << 20;
    private const int Alignment = 64;

    private readonly StoredModel _stored;
    private readonly List<(StoredTensor Tensor, long Offset)> _places = [];

    public DataFile(StoredModel stored)
    {
        _stored = stored;
        foreach (StoredTensor tensor in stored.All)
        {
            long alignment = tensor.Values.Length >= LargeLength ? PageSize : Alignment;
            long offset = (Length + alignment - 1) / alignment * alignment;
            _places.Add((tensor, offset));
            Length = offset + tensor.Values.Length;
        }
    }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; }

    /// <summary>Writes the file.</summary>
    /// <returns>Eight hexadecimal digits that tell this content from another.</returns>
    public string Write(Stream file, WeightBlocks blocks)
    {
        var hash = new XxHash3();
        long position = 0;
        foreach (var (tensor, offset) in _places)
        {
            Append(new byte[offset - position]);
            tensor.Values.Write(blocks, Append);
        }

        return hash.GetCurrentHashAsUInt64().ToString("x16")[..8];

        void Append(ReadOnlySpan<byte> bytes)
        {
            file.Write(bytes);
            hash.Append(bytes);
            position += bytes.Length;
        }
    }

    /// <summary>The whole model, its large tensors referring to the file.</summary>
    /// <param name="name">Name of the file, beside the model.</param>
    public ModelProto ModelWith(string name)
    {
        List<NodeProto> nodes = [];
        foreach (var (tensor, offset) in _places)
        {
            TensorReference.Refer(tensor.Tensor, name, offset, tensor.Values.Length);
        }

        ModelProto model = _stored.Model.Clone();
        foreach (StoredTensor stored in _stored.Tensors)
        {
            if (stored.Constant is null)
            {
                model.Graph.Initializer.Add(stored.Tensor);
                continue;
            }

            NodeProto node = stored.Constant.Clone();
            AttributeProto attribute = StoredTensor.ValueAttribute();
            attribute.T = stored.Tensor;
            node.Attribute.Add(attribute);
            nodes.Add(node);
        }

        nodes.AddRange(model.Graph.Node);
        model.Graph.Node.Clear();
        model.Graph.Node.Add(nodes);
        return model;
    }
}
