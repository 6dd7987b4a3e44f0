using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Lowering;

/// <summary>Small fused operators of the feed-forward layers.</summary>
internal static class Activations
{
    /// <summary>com.microsoft:BiasSplitGelu: with the bias added, the first half of the last axis times the GELU of the second.</summary>
    public static void LowerBiasSplitGelu(FusedNode node)
    {
        GraphBuilder graph = node.Graph;
        long half = node.LastSize(1) / 2;
        Value sum = node.Input(0) + node.Input(1);
        Value axis = graph.Integers([-1]);
        Value linear = sum.Slice(graph.Index(0), graph.Integers([half]), axis);
        Value gate = sum.Slice(graph.Integers([half]), graph.Integers([2 * half]), axis);
        Value gelu = gate * ((gate * (1 / Math.Sqrt(2))).Erf() + 1) * 0.5;
        node.Return(0, linear * gelu);
    }

    /// <summary>com.microsoft:BiasAdd: the sum of an image, a bias per channel and another image.</summary>
    public static void LowerBiasAdd(FusedNode node) => node.Return(0, node.Input(0) + node.Input(1) + node.Input(2));
}
