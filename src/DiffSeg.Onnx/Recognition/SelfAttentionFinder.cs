using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Recognition;

/// <summary>
/// Finds the self-attention of a U-Net by its structure: a Softmax over the last axis of a product of queries and keys that
/// both follow from the image. In cross-attention the keys follow from the prompt alone.
/// </summary>
internal static class SelfAttentionFinder
{
    // What may stand between the product and the Softmax: scale, mask, change of type or shape.
    private static readonly string[] Between = ["Add", "Sub", "Mul", "Div", "Cast", "Identity", "Reshape", "Transpose", "Where", "Clip", "Min", "Max"];

    private static readonly string[] Products = ["MatMul", "Einsum", "Gemm"];

    /// <summary>The results of Softmax in the order of the file, which is that of execution. To be asked for before folding, which may reorder.</summary>
    public static IReadOnlyList<string> Candidates(GraphProto graph) =>
        [.. graph.Node.Where(n => n.OpType == "Softmax").Select(n => n.Output[0])];

    /// <summary>Finds the layers, in the order of execution.</summary>
    /// <param name="graph">A U-Net, its shapes folded.</param>
    /// <param name="image">Name of the input that comes from the image.</param>
    /// <param name="candidates">What <see cref="Candidates"/> gave.</param>
    /// <param name="shapes">Their shapes.</param>
    /// <param name="height">Rows of the latent image.</param>
    /// <param name="width">Columns of the latent image.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="AttentionModelException">There is none.</exception>
    public static IReadOnlyList<FoundAttention> Find(
        GraphProto graph, string image, IReadOnlyList<string> candidates, IReadOnlyDictionary<string, long[]> shapes, int height, int width, string path)
    {
        HashSet<string> fromImage = Dependence.On(graph, [image]);
        HashSet<string> fromInputs = Dependence.On(graph, graph.Input.Select(i => i.Name));
        Dictionary<string, NodeProto> makers = graph.Node
            .SelectMany(n => n.Output.Where(o => o.Length > 0).Select(o => (o, n)))
            .ToDictionary(pair => pair.o, pair => pair.n);
        var names = new ModuleNames(graph);
        var found = new List<FoundAttention>();
        int crossAttention = 0;
        int other = 0;
        foreach (string probabilities in candidates.Where(makers.ContainsKey))
        {
            NodeProto softmax = makers[probabilities];
            long[] shape = shapes[probabilities];
            string[] factors = [.. ProductBefore(softmax.Input[0], makers, fromImage)?.Input.Take(2) ?? []];
            if (factors.Length < 2 || !factors.All(fromInputs.Contains) || !IsOverLastAxis(softmax, shape.Length))
            {
                other++;
            }
            else if (!factors.All(fromImage.Contains))
            {
                crossAttention++;
            }
            else if (shape is [.. var heads, var queries, var keys] && queries == keys && Grid(queries, height, width) is var (rows, columns))
            {
                long count = heads.Aggregate(1L, (product, size) => product * size);
                found.Add(new FoundAttention(probabilities, new AttentionLayer(found.Count, names.Of(softmax), (int)count, rows, columns)));
            }
            else
            {
                other++;
            }
        }

        return found.Count > 0 ? found : throw NotFound(graph, path, crossAttention, other);
    }

    private static NodeProto? ProductBefore(string value, Dictionary<string, NodeProto> makers, HashSet<string> fromImage)
    {
        while (makers.TryGetValue(value, out NodeProto? node))
        {
            if (Products.Contains(node.OpType))
            {
                return node;
            }

            string[] inputs = [.. node.Input.Where(fromImage.Contains)];
            if (!Between.Contains(node.OpType) || inputs.Length != 1)
            {
                return null;
            }

            value = inputs[0];
        }

        return null;
    }

    private static bool IsOverLastAxis(NodeProto softmax, int rank) =>
        Attributes.Integer(softmax, "axis", -1) is var axis && (axis == -1 || axis == rank - 1);

    /// <summary>The grid of that many tokens: the latent image halved some times.</summary>
    private static (int Rows, int Columns)? Grid(long tokens, int height, int width)
    {
        while ((long)height * width > tokens)
        {
            height = (height + 1) / 2;
            width = (width + 1) / 2;
        }

        return (long)height * width == tokens ? (height, width) : null;
    }

    private static AttentionModelException NotFound(GraphProto graph, string path, int crossAttention, int other)
    {
        var fused = graph.Node.Where(n => n.Domain is not ("" or "ai.onnx")).Select(n => $"{n.Domain}:{n.OpType}").Distinct().ToList();
        string rest = fused.Count > 0 ? $", and the operators {string.Join(", ", fused)}" : "";
        return new(
            path,
            "self-attention: a Softmax over the last axis of a product of queries and keys, both of which follow from the image",
            $"{graph.Node.Count} nodes, {crossAttention} Softmax over keys that follow from the prompt alone, {other} other Softmax{rest}",
            "Take the U-Net of a Stable Diffusion export (1.x, 2.x or XL); networks of other kinds have no such attention.");
    }
}
