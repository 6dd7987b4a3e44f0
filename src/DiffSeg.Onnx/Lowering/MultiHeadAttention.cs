using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Lowering;

/// <summary>
/// com.microsoft:MultiHeadAttention in its three forms: queries, keys and values apart [batch, tokens, heads · size];
/// queries apart, keys and values packed [batch, tokens, heads, 2, size]; all packed [batch, tokens, heads, 3, size].
/// </summary>
internal static class MultiHeadAttention
{
    public static void Lower(FusedNode node)
    {
        node.RefuseInputsFrom(4, "a mask, a past or a bias on the scores");
        if (node.Integer("unidirectional", 0) != 0)
        {
            throw node.NotKnown("with a causal mask");
        }

        int heads = node.Count("num_heads");
        var (queries, keys, values) = Parts(node, heads);
        float scale = node.Real("scale", 0);
        Heads.Attend(queries, keys, values, scale > 0 ? scale : null, node.Output(0)!);
    }

    private static (Value Queries, Value Keys, Value Values) Parts(FusedNode node, long heads)
    {
        Value first = node.Input(0);
        Value? bias = node.Optional(3);
        if (node.Optional(1) is not { } keys)
        {
            return bias is null
                ? (Packed(first, 0), Packed(first, 1), Packed(first, 2))
                : throw node.NotKnown("with a bias on packed queries, keys and values");
        }

        if (node.Optional(2) is { } values)
        {
            long width = bias is null ? 0 : node.LastSize(3) / 3; // of queries and keys; that of values may differ, but nowhere does
            return (Apart(first, 0), Apart(keys, 1), Apart(values, 2));

            Value Apart(Value projected, int index)
            {
                GraphBuilder graph = node.Graph;
                Value biased = bias is { } all
                    ? projected + all.Slice(graph.Integers([index * width]), graph.Integers([(index + 1) * width]), graph.Index(0))
                    : projected;
                return Heads.Split(biased, heads);
            }
        }

        return bias is null
            ? (Heads.Split(first, heads), Packed(keys, 0), Packed(keys, 1))
            : throw node.NotKnown("with a bias on packed keys and values");
    }

    /// <summary>One part of [batch, tokens, heads, parts, size] as [batch, heads, tokens, size].</summary>
    private static Value Packed(Value packed, int part)
    {
        GraphBuilder graph = packed.Graph;
        return packed
            .Slice(graph.Index(part), graph.Index(part + 1), graph.Index(3))
            .Squeeze(3)
            .Transpose([0, 2, 1, 3]);
    }
}
