using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Lowering;

/// <summary>
/// Writes fused operators out in standard ones. ONNX Runtime's optimizer replaces parts of a graph by operators of its own
/// (domain com.microsoft) that hide the attention probabilities, and of which many exist on some processors only. Written
/// out, every export looks alike: a product of queries and keys, a Softmax, a product with the values.
/// </summary>
internal static class OperatorLowering
{
    private const string Contributed = "com.microsoft";

    private static readonly Dictionary<(string Domain, string Operator), Action<FusedNode>> Lowerings = new()
    {
        [(Contributed, "Attention")] = ContributedAttention.Lower,
        [(Contributed, "MultiHeadAttention")] = MultiHeadAttention.Lower,
        [("", "Attention")] = StandardAttention.Lower,
        [(Contributed, "NhwcConv")] = NhwcConvolution.Lower,
        [(Contributed, "GroupNorm")] = GroupNormalization.Lower,
        [(Contributed, "SkipGroupNorm")] = GroupNormalization.LowerWithSkip,
        [(Contributed, "BiasSplitGelu")] = Activations.LowerBiasSplitGelu,
        [(Contributed, "BiasAdd")] = Activations.LowerBiasAdd,
    };

    /// <summary>Replaces the fused operators of a graph.</summary>
    /// <param name="graph">The graph; its large constants may lie elsewhere, only their shapes are looked at.</param>
    /// <param name="operatorSet">Version of the standard operators.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="AttentionModelException">A fused operator is used in a way that is not known here.</exception>
    public static void Apply(GraphProto graph, long operatorSet, string path)
    {
        List<NodeProto> nodes = [.. graph.Node];
        if (!nodes.Any(n => Lowerings.ContainsKey(KindOf(n))))
        {
            return;
        }

        var builder = new GraphBuilder(graph, operatorSet);
        Dictionary<string, TensorProto> constants = graph.Initializer.ToDictionary(t => t.Name);
        graph.Node.Clear();
        foreach (NodeProto node in nodes)
        {
            if (!Lowerings.TryGetValue(KindOf(node), out Action<FusedNode>? lower))
            {
                builder.Add(node);
                continue;
            }

            foreach (string output in node.Output)
            {
                builder.Release(output);
            }

            lower(new FusedNode(node, builder, constants, path));
        }
    }

    private static (string Domain, string Operator) KindOf(NodeProto node) =>
        (node.Domain == "ai.onnx" ? "" : node.Domain, node.OpType);
}
