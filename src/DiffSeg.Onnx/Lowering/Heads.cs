using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Lowering;

/// <summary>Attention over several heads in standard operators.</summary>
internal static class Heads
{
    /// <summary>[batch, tokens, heads · size] to [batch, heads, tokens, size].</summary>
    public static Value Split(Value packed, long heads) => packed.Reshape([0, 0, heads, -1]).Transpose([0, 2, 1, 3]);

    /// <summary>softmax(queries · keysᵀ · scale + bias) · values, all [batch, heads, tokens, size], as [batch, tokens, heads · size].</summary>
    /// <param name="queries">Queries.</param>
    /// <param name="keys">Keys.</param>
    /// <param name="values">Values.</param>
    /// <param name="scale">Scale; null for 1 / sqrt(size), with the size read off the queries as the graph runs.</param>
    /// <param name="name">Name of the result.</param>
    public static void Attend(Value queries, Value keys, Value values, float? scale, string name) =>
        Merge(AttendPerHead(queries, keys, values, scale), name);

    /// <summary>The same, left as [batch, heads, tokens, size].</summary>
    public static Value AttendPerHead(Value queries, Value keys, Value values, float? scale, string? name = null)
    {
        // The queries are scaled, not the scores: those are thousands of times as many.
        Value scaled = scale is { } factor ? queries * factor : queries / SizeOf(queries).Sqrt();
        Value attention = scaled.MatMul(keys.Transpose([0, 1, 3, 2])).Softmax(-1);
        return queries.Graph.Node("MatMul", [attention, values], name);
    }

    /// <summary>[batch, heads, tokens, size] to [batch, tokens, heads · size].</summary>
    public static void Merge(Value perHead, string name) => perHead.Transpose([0, 2, 1, 3]).Reshape([0, 0, -1], name);

    private static Value SizeOf(Value perHead)
    {
        GraphBuilder graph = perHead.Graph;
        return graph.Node("Shape", [perHead])
            .Slice(graph.Index(3), graph.Index(4), graph.Index(0))
            .CastTo(Format.TensorProto.Types.ElementType.Float);
    }
}
