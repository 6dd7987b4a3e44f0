using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Sam2;

/// <summary>The operators of the part of an encoder that is kept.</summary>
internal static class EncoderOperators
{
    /// <summary>Refuses operators that only some builds of ONNX Runtime know: the model must run on any machine.</summary>
    /// <exception cref="AttentionModelException">There are some.</exception>
    public static void RequireStandard(GraphProto graph, string path)
    {
        string[] others =
        [
            .. graph.Node.Where(n => !IsStandard(n)).Select(Name).Distinct().Order(StringComparer.Ordinal),
        ];
        if (others.Length > 0)
        {
            throw new AttentionModelException(
                path, "standard ONNX operators", string.Join(", ", others),
                "The encoder was optimised for one kind of machine. " + EncoderInput.NoEncoder);
        }
    }

    /// <summary>The operator of a node, with its domain where that is not ONNX's own.</summary>
    public static string Name(NodeProto node) => IsStandard(node) ? node.OpType : $"{node.Domain}:{node.OpType}";

    private static bool IsStandard(NodeProto node) => node.Domain is "" or "ai.onnx";
}
