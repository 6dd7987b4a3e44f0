using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Graphs;

/// <summary>Which values of a graph depend on which.</summary>
internal static class Dependence
{
    /// <summary>The given values and all that is computed from any of them.</summary>
    public static HashSet<string> On(GraphProto graph, IEnumerable<string> roots)
    {
        HashSet<string> dependent = [.. roots];
        foreach (NodeProto node in graph.Node)
        {
            if (GraphCut.UsedBy(node).Any(dependent.Contains))
            {
                dependent.UnionWith(node.Output.Where(name => name.Length > 0));
            }
        }

        return dependent;
    }
}
