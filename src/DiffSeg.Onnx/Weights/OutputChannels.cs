using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Weights;

/// <summary>Along which axis of a weight its output channels lie, as told by the operators that use it.</summary>
internal sealed class OutputChannels
{
    private readonly Dictionary<string, List<(NodeProto Node, int Input)>> _uses = [];
    private readonly HashSet<string> _usedElsewhere;

    public OutputChannels(GraphProto graph)
    {
        _usedElsewhere = [.. graph.Output.Select(o => o.Name), .. graph.Node.SelectMany(UsedInside)];
        foreach (NodeProto node in graph.Node)
        {
            for (int i = 0; i < node.Input.Count; i++)
            {
                if (!_uses.TryGetValue(node.Input[i], out var uses))
                {
                    _uses.Add(node.Input[i], uses = []);
                }

                uses.Add((node, i));
            }
        }
    }

    /// <summary>
    /// The axis, from 0; null when the value is not, or not only, the weight of convolutions and matrix products that
    /// agree on it.
    /// </summary>
    public int? AxisOf(string name, int rank)
    {
        if (_usedElsewhere.Contains(name) || !_uses.TryGetValue(name, out var uses))
        {
            return null;
        }

        int?[] axes = [.. uses.Select(u => Axis(u.Node, u.Input, rank)).Distinct()];
        return axes is [var axis] ? axis : null;
    }

    private int? Axis(NodeProto node, int input, int rank) => (node.OpType, input) switch
    {
        _ when node.Domain is not ("" or "ai.onnx") => null,
        ("Conv", 1) => 0,
        // Stacks of matrices are no weights but results that were computed beforehand (keys and values of the prompt).
        ("MatMul", 0 or 1) when rank == 2 => input,
        ("Gemm", 0) => Integer(node, "transA") == 0 ? 0 : 1,
        ("Gemm", 1) => Integer(node, "transB") == 0 ? 1 : 0,
        ("Transpose", 0) when AxisOf(node.Output[0], rank) is { } axis => BeforeTranspose(node, axis),
        _ => null,
    };

    /// <summary>
    /// Null without permutation: ONNX Runtime 1.29 ends the process when it finds DequantizeLinear in front of a
    /// Transpose that leaves it out.
    /// </summary>
    private static int? BeforeTranspose(NodeProto transpose, int axis) =>
        transpose.Attribute.FirstOrDefault(a => a.Name == "perm") is { } perm ? (int)perm.Ints[axis] : null;

    private static long Integer(NodeProto node, string name) => node.Attribute.FirstOrDefault(a => a.Name == name)?.I ?? 0;

    private static IEnumerable<string> UsedInside(NodeProto node) => node.Attribute
        .SelectMany(a => a.G is null ? a.Graphs : a.Graphs.Prepend(a.G))
        .SelectMany(g => g.Output.Select(o => o.Name).Concat(g.Node.SelectMany(n => n.Input.Concat(UsedInside(n)))));
}
