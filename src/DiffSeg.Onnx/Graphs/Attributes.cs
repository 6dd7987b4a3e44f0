using DiffSeg.Onnx.Format;
using Google.Protobuf;

namespace DiffSeg.Onnx.Graphs;

/// <summary>Attributes of ONNX operators.</summary>
internal static class Attributes
{
    public static AttributeProto Integer(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.Type.Int, I = value };

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
}
