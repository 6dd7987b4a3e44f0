using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Lowering;

/// <summary>
/// The standard Attention operator (operator set 23 and later): queries, keys and values [batch, heads, tokens, size], or
/// [batch, tokens, heads · size] with the number of heads as attributes.
/// </summary>
internal static class StandardAttention
{
    public static void Lower(FusedNode node)
    {
        node.RefuseInputsFrom(3, "a mask or a past");
        if (node.Integer("is_causal", 0) != 0 || node.Real("softcap", 0) != 0)
        {
            throw node.NotKnown("with a causal mask or a soft cap");
        }

        if (node.Output(1) is not null || node.Output(2) is not null || node.Output(3) is not null)
        {
            throw node.NotKnown("with more than one output");
        }

        float? scale = node.Attribute("scale")?.F;
        long queryHeads = node.Integer("q_num_heads", 0);
        long keyHeads = node.Integer("kv_num_heads", 0);
        if (queryHeads != keyHeads)
        {
            throw node.NotKnown("with keys shared by several heads");
        }

        Value queries = node.Input(0);
        Value keys = node.Input(1);
        Value values = node.Input(2);
        if (queryHeads > 0)
        {
            Heads.Attend(
                Heads.Split(queries, queryHeads), Heads.Split(keys, queryHeads), Heads.Split(values, queryHeads), scale, node.Output(0)!);
        }
        else
        {
            Heads.AttendPerHead(queries, keys, values, scale, node.Output(0));
        }
    }
}
