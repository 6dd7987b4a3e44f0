using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Weights;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Networks;

/// <summary>
/// Makes a graph compute in single precision throughout: many processors have no half-precision kernels, and ML.NET takes
/// no half-precision tensors; half-precision exports also have steps in double precision, which gain nothing. Large
/// weights stay as they are stored; the writer converts them.
/// </summary>
internal static class SinglePrecision
{
    /// <summary>Changes the types of a graph, subgraphs included.</summary>
    public static void Apply(GraphProto graph)
    {
        foreach (ValueInfoProto value in graph.Input.Concat(graph.Output))
        {
            if (value.Type?.TensorType is { } type && IsOtherReal(type.ElemType))
            {
                type.ElemType = (int)ElementType.Float;
            }
        }

        graph.ValueInfo.Clear(); // hints only, and now wrong ones
        for (int i = 0; i < graph.Initializer.Count; i++)
        {
            graph.Initializer[i] = Single(graph.Initializer[i]);
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

    /// <summary>Whether an element type is one of real numbers, but not single precision.</summary>
    public static bool IsOtherReal(int elementType) => IsHalf(elementType) || elementType == (int)ElementType.Double;

    private static void Apply(AttributeProto attribute)
    {
        if (attribute.Name is "to" or "dtype" && IsOtherReal((int)attribute.I))
        {
            attribute.I = (long)ElementType.Float;
        }
        else if (attribute.T is { } tensor)
        {
            attribute.T = Single(tensor);
        }
    }

    private static TensorProto Single(TensorProto tensor) =>
        IsOtherReal(tensor.DataType) && !TensorReference.IsExternal(tensor)
            ? TensorReference.FromFloats(tensor.Name, [.. tensor.Dims], TensorReference.ReadFloats(tensor))
            : tensor;
}
