using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Networks;

/// <summary>Lifts a graph to a later version of the standard operators, so that two networks can share one.</summary>
internal static class OperatorSets
{
    /// <summary>The first version whose Softmax works on one axis, as everything here assumes.</summary>
    public const long Oldest = 13;

    private const long AxesAsInput = 18;

    private static readonly string[] Reductions =
        ["ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceSumSquare"];

    // Changed meaning at these versions, and are not translated here: no exporter of diffusion models is known to need it.
    private static readonly (string Operator, long Version)[] Changed =
        [("GroupNormalization", 21), ("Upsample", 10), ("Scatter", 11)];

    /// <summary>Rewrites the operators that changed on the way.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="from">Its version.</param>
    /// <param name="to">The wanted version, not below it.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="AttentionModelException">An operator changed in a way that is not known here.</exception>
    public static void Raise(GraphProto graph, long from, long to, string path)
    {
        foreach (var (changed, version) in Changed)
        {
            if (from < version && version <= to && graph.Node.Any(n => n.OpType == changed && n.Domain is "" or "ai.onnx"))
            {
                throw new AttentionModelException(
                    path, $"operators that mean the same in operator sets {from} and {to}", $"{changed}, which changed in {version}",
                    "Export the U-Net and the VAE encoder with the same operator set.");
            }
        }

        if (from < AxesAsInput && AxesAsInput <= to)
        {
            var builder = new GraphBuilder(graph, to);
            foreach (NodeProto node in graph.Node)
            {
                RaiseNode(node, builder);
            }
        }
    }

    private static void RaiseNode(NodeProto node, GraphBuilder builder)
    {
        if (Reductions.Contains(node.OpType) && Attributes.Find(node, "axes") is { } axes)
        {
            node.Attribute.Remove(axes);
            node.Input.Add(builder.Integers([.. axes.Ints]).Name);
        }
        else if (node.OpType == "Split" && node.Input.Count < 2)
        {
            node.Attribute.Add(Attributes.Integer("num_outputs", node.Output.Count));
        }
    }
}
