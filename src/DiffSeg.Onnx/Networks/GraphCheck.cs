using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Networks;

/// <summary>
/// What all that follows takes for granted of a graph, looked at once: each name is given to one value, and nodes have the
/// inputs and outputs that their operators cannot be without. Every whole model has that; a damaged one is refused here.
/// </summary>
internal static class GraphCheck
{
    // The operators whose inputs are looked at by their place.
    private static readonly Dictionary<string, int> Inputs = new()
    {
        ["Add"] = 2,
        ["Mul"] = 2,
        ["MatMul"] = 2,
        ["Conv"] = 2,
        ["Cast"] = 1,
        ["Identity"] = 1,
        ["Reshape"] = 1,
        ["Softmax"] = 1,
    };

    /// <summary>Looks.</summary>
    /// <param name="graph">A graph without what is both a constant and an input.</param>
    /// <param name="path">Where it comes from.</param>
    /// <exception cref="AttentionModelException">It is damaged.</exception>
    public static void Check(GraphProto graph, string path)
    {
        var known = new Dictionary<string, TensorProto?>(StringComparer.Ordinal);
        foreach (TensorProto tensor in graph.Initializer)
        {
            Require(tensor.Name.Length > 0 && known.TryAdd(tensor.Name, tensor), path, $"two weights called '{tensor.Name}'");
        }

        foreach (NodeProto node in graph.Node)
        {
            Require(node.Output.Any(output => output.Length > 0), path, $"{Name(node)} without a result");
            foreach (string output in node.Output.Where(output => output.Length > 0))
            {
                Require(known.TryAdd(output, null), path, $"two results called '{output}'");
            }

            if (node.Domain is "" or "ai.onnx" && Inputs.TryGetValue(node.OpType, out int needed))
            {
                Require(node.Input.Count >= needed, path, $"{Name(node)} with {node.Input.Count} inputs of {needed}");
                CheckWeight(node, node.OpType switch { "Conv" => 2, "MatMul" => 1, _ => 0 }, known, path);
            }
        }
    }

    // Sizes are read from weights: [out, in, ..] of convolutions, [in, out] of products.
    private static void CheckWeight(NodeProto node, int rank, Dictionary<string, TensorProto?> known, string path)
    {
        if (rank > 0 && known.GetValueOrDefault(node.Input[1]) is { } weight)
        {
            Require(weight.Dims.Count >= rank, path, $"{Name(node)} by a weight of shape {ElementTypes.Shape(weight)}");
        }
    }

    private static string Name(NodeProto node) => $"the node '{node.Name}' ({node.OpType})";

    private static void Require(bool holds, string path, string otherwise)
    {
        if (!holds)
        {
            throw new AttentionModelException(path, "a network whose parts belong together", otherwise, "The file is damaged: fetch or export it again.");
        }
    }
}
