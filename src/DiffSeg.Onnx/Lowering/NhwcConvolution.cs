using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Lowering;

/// <summary>com.microsoft:NhwcConv: a convolution over [batch, height, width, channels] with weights [out, height, width, in].</summary>
internal static class NhwcConvolution
{
    private static readonly string[] Taken = ["auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"];

    public static void Lower(FusedNode node)
    {
        Value weights = node.Input(1).Transpose([0, 3, 1, 2]);
        AttributeProto[] attributes = [.. Taken.Select(node.Attribute).OfType<AttributeProto>()];
        node.Graph
            .Node("Conv", [Channels.First(node.Input(0)), weights, node.Optional(2)], null, attributes)
            .Transpose([0, 2, 3, 1], node.Output(0));
    }
}
