using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Format;

/// <summary>Constant nodes as initialisers, so that a graph has its constants in one place.</summary>
internal static class ConstantNodes
{
    /// <summary>Turns the Constant nodes of a graph (not of graphs inside it) that hold numbers into initialisers.</summary>
    public static void Hoist(GraphProto graph)
    {
        NodeProto[] nodes = [.. graph.Node];
        graph.Node.Clear();
        foreach (NodeProto node in nodes)
        {
            if (node is { OpType: "Constant", Domain: "" or "ai.onnx", Output.Count: 1, Attribute.Count: 1 }
                && Value(node.Attribute[0]) is { } tensor)
            {
                tensor.Name = node.Output[0];
                graph.Initializer.Add(tensor);
            }
            else
            {
                graph.Node.Add(node);
            }
        }
    }

    private static TensorProto? Value(AttributeProto attribute) => attribute.Name switch
    {
        "value" => attribute.T,
        "value_float" => Tensor<float>(ElementType.Float, [], [attribute.F]),
        "value_floats" => Tensor<float>(ElementType.Float, [attribute.Floats.Count], [.. attribute.Floats]),
        "value_int" => Tensor<long>(ElementType.Int64, [], [attribute.I]),
        "value_ints" => Tensor<long>(ElementType.Int64, [attribute.Ints.Count], [.. attribute.Ints]),
        _ => null, // strings and sparse tensors
    };

    private static TensorProto Tensor<T>(ElementType type, long[] dims, ReadOnlySpan<T> values)
        where T : unmanaged => new() { DataType = (int)type, Dims = { dims }, RawData = RawData.Of(values) };
}
