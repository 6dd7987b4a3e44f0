using DiffSeg.Onnx.Format;
using Google.Protobuf;

namespace DiffSeg.Onnx.Graphs;

/// <summary>Attributes of ONNX operators.</summary>
internal static class Attributes
{
    public static AttributeProto Integer(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.Type.Int, I = value };

    public static AttributeProto Real(string name, float value) =>
        new() { Name = name, Type = AttributeProto.Types.Type.Float, F = value };

    public static AttributeProto Integers(string name, ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.Type.Ints };
        foreach (long value in values)
        {
            attribute.Ints.Add(value);
        }

        return attribute;
    }

    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.Type.String, S = ByteString.CopyFromUtf8(value) };

    /// <summary>The attribute of that name, or null.</summary>
    public static AttributeProto? Find(NodeProto node, string name) => node.Attribute.FirstOrDefault(a => a.Name == name);

    public static long Integer(NodeProto node, string name, long otherwise) => Find(node, name)?.I ?? otherwise;

    public static float Real(NodeProto node, string name, float otherwise) => Find(node, name)?.F ?? otherwise;
}
