namespace DiffSeg.Onnx;

/// <summary>How large a network is.</summary>
/// <param name="Nodes">Operators in the graph; constants are not counted.</param>
/// <param name="Weights">Numbers in its constant tensors.</param>
/// <param name="Bytes">Bytes of its files, external data included.</param>
public readonly record struct GraphSize(int Nodes, long Weights, long Bytes)
{
    /// <summary>Two networks together.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static GraphSize operator +(GraphSize a, GraphSize b) =>
        new(a.Nodes + b.Nodes, a.Weights + b.Weights, a.Bytes + b.Bytes);
}
