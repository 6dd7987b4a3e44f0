using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Graphs;

/// <summary>The names of a graph's values.</summary>
internal static class GraphNames
{
    /// <summary>All that are taken: inputs, constants and what nodes make.</summary>
    public static HashSet<string> In(GraphProto graph) =>
    [
        .. graph.Input.Select(i => i.Name),
        .. graph.Initializer.Select(i => i.Name),
        .. graph.Node.SelectMany(n => n.Output).Where(name => name.Length > 0),
    ];

    /// <summary>Puts a prefix before every name, of nodes too, so that the graph can be joined with another.</summary>
    public static void Prefix(GraphProto graph, string prefix) => Rename(graph, name => prefix + name);

    /// <summary>Renames values, and nodes likewise. An empty name stays: it is an optional input left out.</summary>
    public static void Rename(GraphProto graph, Func<string, string> rename)
    {
        foreach (ValueInfoProto value in graph.Input.Concat(graph.Output).Concat(graph.ValueInfo))
        {
            value.Name = rename(value.Name);
        }

        foreach (TensorProto tensor in graph.Initializer)
        {
            tensor.Name = rename(tensor.Name);
        }

        foreach (NodeProto node in graph.Node)
        {
            node.Name = node.Name.Length > 0 ? rename(node.Name) : "";
            RenameAll(node.Input, rename);
            RenameAll(node.Output, rename);
            foreach (GraphProto inner in Subgraphs(node))
            {
                Rename(inner, rename); // inner graphs see the outer values by name
            }
        }
    }

    /// <summary>Graphs inside a node: the branches of an If, the body of a Loop.</summary>
    public static IEnumerable<GraphProto> Subgraphs(NodeProto node) =>
        node.Attribute.Where(a => a.G is not null).Select(a => a.G);

    private static void RenameAll(IList<string> names, Func<string, string> rename)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i].Length > 0)
            {
                names[i] = rename(names[i]);
            }
        }
    }
}
