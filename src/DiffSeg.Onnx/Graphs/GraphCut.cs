using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Graphs;

/// <summary>Removes what no output of a graph needs.</summary>
internal static class GraphCut
{
    /// <summary>Removes nodes, constants and value descriptions that do not lead to an output. Inputs stay.</summary>
    public static void Prune(GraphProto graph)
    {
        HashSet<string> needed = [.. graph.Output.Select(o => o.Name)];
        var kept = new List<NodeProto>(graph.Node.Count);

        // Nodes stand after what they use, so one pass from the end meets every user before its maker.
        foreach (NodeProto node in graph.Node.Reverse())
        {
            if (node.Output.Any(needed.Contains))
            {
                kept.Add(node);
                needed.UnionWith(UsedBy(node));
            }
        }

        kept.Reverse();
        graph.Node.Clear();
        graph.Node.AddRange(kept);
        Keep(graph.Initializer, tensor => needed.Contains(tensor.Name));
        Keep(graph.ValueInfo, value => needed.Contains(value.Name));
    }

    /// <summary>The names that a node uses, those used inside its subgraphs included.</summary>
    public static IEnumerable<string> UsedBy(NodeProto node) => node.Input
        .Concat(GraphNames.Subgraphs(node).SelectMany(g =>
            g.Output.Select(o => o.Name).Concat(g.Node.SelectMany(UsedBy))))
        .Where(name => name.Length > 0);

    private static void Keep<T>(Google.Protobuf.Collections.RepeatedField<T> items, Func<T, bool> isKept)
    {
        List<T> kept = [.. items.Where(isKept)];
        items.Clear();
        items.AddRange(kept);
    }
}
