using System.Text.RegularExpressions;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Sam2;

/// <summary>
/// Finds the global attention of a Hiera encoder by its structure: most blocks attend within windows; the wanted ones are
/// those whose scores are [1, heads, 4096, 4096], every token of the 64 x 64 grid against every other.
/// </summary>
internal static partial class EncoderAttentionFinder
{
    public const int GridSide = 64;

    private const int Tokens = GridSide * GridSide;

    /// <summary>The values whose shapes will be asked for: the result of each Softmax.</summary>
    public static IReadOnlyCollection<string> Candidates(GraphProto graph) =>
        [.. graph.Node.Where(n => n.OpType == "Softmax").Select(n => n.Output[0])];

    /// <summary>Finds the global attention, in the order of execution.</summary>
    /// <param name="graph">The encoder, its shapes folded.</param>
    /// <param name="shapes">Shapes of the candidates.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="AttentionModelException">There is none, or one of another structure.</exception>
    public static IReadOnlyList<EncoderAttention> Find(GraphProto graph, IReadOnlyDictionary<string, long[]> shapes, string path)
    {
        Dictionary<string, NodeProto> makers = graph.Node
            .SelectMany(n => n.Output.Select(o => (o, n))).ToDictionary(pair => pair.o, pair => pair.n);
        ILookup<string, NodeProto> users = graph.Node
            .SelectMany(n => GraphCut.UsedBy(n).Select(name => (name, n))).ToLookup(pair => pair.name, pair => pair.n);
        NodeProto[] softmaxes = [.. graph.Node.Where(n => n.OpType == "Softmax")];
        var found = new List<EncoderAttention>();
        for (int block = 0; block < softmaxes.Length; block++)
        {
            NodeProto softmax = softmaxes[block];
            if (shapes[softmax.Output[0]] is not [1, var heads, Tokens, Tokens])
            {
                continue;
            }

            NodeProto? scores = makers.GetValueOrDefault(softmax.Input[0]);
            NodeProto[] results = [.. users[softmax.Output[0]]];
            if (scores is not { OpType: "MatMul" } || users[scores.Output[0]].Count() != 1
                || results is not [{ OpType: "MatMul" } result] || result.Input[0] != softmax.Output[0])
            {
                throw new AttentionModelException(
                    path,
                    "attention as MatMul (queries, keys), Softmax, MatMul (values), with the scale in queries and keys",
                    $"in block {block} {(scores is null ? "an input" : EncoderOperators.Name(scores))}, Softmax, {string.Join(" and ", results.Select(EncoderOperators.Name))}",
                    EncoderInput.NoEncoder);
            }

            var layer = new AttentionLayer(block, NameOf(softmax), (int)heads, GridSide, GridSide);
            found.Add(new EncoderAttention(layer, scores, softmax, result));
        }

        return found.Count > 0 ? found : throw NotFound(graph, shapes.Values, path);
    }

    private static string NameOf(NodeProto softmax) =>
        Module().Match(softmax.Name) is { Success: true } match ? match.Value.Replace('/', '.') : softmax.Name;

    private static AttentionModelException NotFound(GraphProto graph, IEnumerable<long[]> shapes, string path)
    {
        string[] others = [.. shapes.Select(s => $"[{string.Join(", ", s)}]").Distinct()];
        return new(
            path,
            $"the image encoder of SAM 2: attention over all {GridSide} x {GridSide} tokens, a Softmax of shape [1, heads, {Tokens}, {Tokens}]",
            $"{graph.Node.Count} nodes" + (others.Length == 0 ? " without a Softmax" : $" with Softmax of shapes {string.Join(", ", others)}"),
            EncoderInput.NoEncoder);
    }

    // As PyTorch's exporters write it: /image_encoder/trunk/blocks.7/attn/Softmax
    [GeneratedRegex(@"[A-Za-z][\w.]*(/[\w.]+)*?/blocks\.\d+/attn(?=/)")]
    private static partial Regex Module();
}
