using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Weights;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Networks;

/// <summary>
/// Makes a half-precision graph compute in single precision: many processors have no half-precision kernels, and ML.NET
/// takes no half-precision tensors. Large weights stay as they are stored; the writer widens them.
/// </summary>
internal static class SinglePrecision
{
    /// <summary>Changes the types of a graph, subgraphs included.</summary>
    public static void Apply(GraphProto graph)
    {
        foreach (ValueInfoProto value in graph.Input.Concat(graph.Output))
        {
            if (value.Type?.TensorType is { } type && IsHalf(type.ElemType))
            {
                type.ElemType = (int)ElementType.Float;
            }
        }

        graph.ValueInfo.Clear(); // hints only, and now wrong ones
        for (int i = 0; i < graph.Initializer.Count; i++)
        {
            graph.Initializer[i] = Widened(graph.Initializer[i]);
        }

        foreach (NodeProto node in graph.Node)
        {
            foreach (AttributeProto attribute in node.Attribute)
            {
                Apply(attribute);
            }

            foreach (GraphProto inner in GraphNames.Subgraphs(node))
            {
                Apply(inner);
            }
        }
    }

    /// <summary>Whether an element type is one of the 16-bit floating point types.</summary>
    public static bool IsHalf(int elementType) => elementType is (int)ElementType.Float16 or (int)ElementType.Bfloat16;

    private static void Apply(AttributeProto attribute)
    {
        if (attribute.Name is "to" or "dtype" && IsHalf((int)attribute.I))
        {
            attribute.I = (long)ElementType.Float;
        }
        else if (attribute.T is { } tensor)
        {
            attribute.T = Widened(tensor);
        }
    }

    private static TensorProto Widened(TensorProto tensor) =>
        IsHalf(tensor.DataType) && !TensorReference.IsExternal(tensor)
            ? TensorReference.FromFloats(tensor.Name, [.. tensor.Dims], TensorReference.ReadFloats(tensor))
            : tensor;
}
