using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Sam2;

/// <summary>
/// Writes an attention out head after head, and sums the probabilities on the way. The probabilities of all heads of one
/// block of 4096 tokens take 268 MB, and as much again before their softmax; one head's are a quarter of that, and gone
/// before the next begins.
/// </summary>
internal sealed class HeadByHead(GraphBuilder graph)
{
    private const int ColumnAxis = 3;

    /// <summary>The probabilities of all heads counted so far, added: [1, 1, tokens, tokens]; null before the first.</summary>
    public Value? Sum { get; private set; }

    /// <summary>Appends an attention.</summary>
    /// <param name="attention">The attention; its own three nodes must not be in the graph any more.</param>
    /// <param name="isCounted">Whether its probabilities are added to <see cref="Sum"/>.</param>
    /// <param name="isLast">Whether its result is no longer needed.</param>
    public void Append(EncoderAttention attention, bool isCounted, bool isLast)
    {
        var results = new List<Value>();
        Value? done = null;
        for (int head = 0; head < attention.Layer.Heads; head++)
        {
            Value queries = After(Head(attention.Queries, head), done);
            Value probabilities = queries.MatMul(Head(attention.Keys, head)).Softmax(-1);
            if (isCounted)
            {
                done = Sum = Sum is { } sum ? sum + probabilities : probabilities;
            }

            if (!isLast)
            {
                // The sum first: then nothing needs the probabilities once the result is there.
                Value values = After(Head(attention.Values, head), isCounted ? Sum : null);
                Value result = probabilities.MatMul(values);
                results.Add(result);
                done = result;
            }
        }

        if (!isLast)
        {
            string name = attention.Result.Output[0];
            graph.Release(name);
            graph.Node("Concat", [.. results.Select(r => (Value?)r)], name, Attributes.Integer("axis", 1));
        }
    }

    private Value Head(string tensor, int head) => graph[tensor].Slice(graph.Index(head), graph.Index(head + 1), graph.Index(1));

    /// <summary>
    /// The value [1, 1, tokens, width] itself, but computed only after another one with as many rows is: a column of that
    /// one is put beside it and cut off again. ONNX has no other way to ask for an order, and without it ONNX
    /// Runtime computes the probabilities of all heads before it uses the first.
    /// </summary>
    private Value After(Value value, Value? other) => other is { } earlier
        ? Columns(value.Concat(ColumnAxis, Columns(earlier, 0, 1)), 0, -1)
        : value;

    private Value Columns(Value value, int from, int to) => value.Slice(graph.Index(from), graph.Index(to), graph.Index(ColumnAxis));
}
