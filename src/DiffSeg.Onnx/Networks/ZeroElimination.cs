using System.Runtime.InteropServices;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Networks;

/// <summary>
/// Removes sums with zero. Two things in the wild need it: a VAE encoder that samples its latent (mean + deviation x
/// noise; we want the mean, which is what noise of mean 0 leaves), and exporters that add 0 x (an uninitialised tensor) to
/// the attention scores, which would otherwise be folded into a constant of hundreds of megabytes.
/// </summary>
internal static class ZeroElimination
{
    private static readonly string[] Noise = ["RandomNormal", "RandomNormalLike"];

    /// <summary>Replaces each sum of something and zero by that something. What made the zero is left for pruning.</summary>
    public static void Apply(GraphProto graph)
    {
        HashSet<string> zeros = [.. graph.Initializer.Where(IsZeroScalar).Select(t => t.Name)];
        foreach (NodeProto node in graph.Node.Where(n => n.Domain is "" or "ai.onnx"))
        {
            bool[] isZero = [.. node.Input.Select(zeros.Contains)];
            if (MakesZero(node, isZero))
            {
                zeros.UnionWith(node.Output);
            }
            else if (node.OpType == "Add" && isZero.Any(z => z))
            {
                string other = node.Input[isZero[0] ? 1 : 0];
                node.OpType = "Identity";
                node.Input.Clear();
                node.Input.Add(other);
            }
        }
    }

    private static bool MakesZero(NodeProto node, bool[] isZero) => node.OpType switch
    {
        "Mul" => isZero.Any(z => z),
        "Cast" or "Identity" or "Reshape" => isZero[0],
        var operation => Noise.Contains(operation) && Attributes.Real(node, "mean", 0) == 0,
    };

    /// <summary>The nodes that give another result at each run.</summary>
    public static IEnumerable<NodeProto> RandomNodes(GraphProto graph) =>
        graph.Node.Where(n => n.OpType.StartsWith("Random", StringComparison.Ordinal) || n.OpType is "Multinomial" or "Bernoulli");

    // A single number, so that a sum with it has the shape of the other side.
    private static bool IsZeroScalar(TensorProto tensor) =>
        tensor.DataType == (int)ElementType.Float
        && tensor.Dims.All(d => d == 1)
        && tensor.RawData.Length == sizeof(float)
        && MemoryMarshal.Read<float>(tensor.RawData.Span) == 0;
}
