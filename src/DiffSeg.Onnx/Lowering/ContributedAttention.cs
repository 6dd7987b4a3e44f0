using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Lowering;

/// <summary>
/// com.microsoft:Attention: input [batch, tokens, in], weight [in, 3 · out] in column blocks of queries, keys and values,
/// bias [3 · out].
/// </summary>
internal static class ContributedAttention
{
    public static void Lower(FusedNode node)
    {
        node.RefuseInputsFrom(3, "a mask, a past or a bias on the scores");
        if (node.Integer("unidirectional", 0) != 0 || node.Integer("do_rotary", 0) != 0 || node.Attribute("qkv_hidden_sizes") is not null)
        {
            throw node.NotKnown("with a causal mask, rotary positions or unequal sizes of queries, keys and values");
        }

        GraphBuilder graph = node.Graph;
        int heads = node.Count("num_heads");
        long width = node.LastSize(1) / 3;
        if (width < heads)
        {
            throw node.NotKnown($"with {heads} heads of {width} channels");
        }

        Value projected = node.Input(0).MatMul(node.Input(1));
        if (node.Optional(2) is { } bias)
        {
            projected += bias;
        }

        Value[] parts = [.. Enumerable.Range(0, 3).Select(Part)];
        float scale = node.Real("scale", 0);
        Heads.Attend(parts[0], parts[1], parts[2], scale > 0 ? scale : (float)(1 / Math.Sqrt(width / heads)), node.Output(0)!);

        Value Part(int index) => Heads.Split(
            projected.Slice(graph.Integers([index * width]), graph.Integers([(index + 1) * width]), graph.Index(2)), heads);
    }
}
