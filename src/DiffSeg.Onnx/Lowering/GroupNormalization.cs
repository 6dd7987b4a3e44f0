using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Lowering;

/// <summary>
/// com.microsoft:GroupNorm and SkipGroupNorm: images [batch, height, width, channels] normalised over groups of channels,
/// scaled and shifted per channel, with SiLU behind where asked; before it, where asked, the sum with another image and a
/// bias.
/// </summary>
internal static class GroupNormalization
{
    public static void Lower(FusedNode node) => Normalise(node, node.Input(0));

    public static void LowerWithSkip(FusedNode node)
    {
        Value sum = node.Input(0) + Image(node, node.Input(3));
        if (node.Optional(4) is { } bias)
        {
            sum += bias;
        }

        Normalise(node, sum);
        node.Return(1, sum);
    }

    // The skip is an image, or one value per channel: [batch, channels] or [batch, 1, 1, channels]. Only the second of these
    // three needs help to line up, and its maker shows which it is nowhere; a shape with a product of axes does for all.
    private static Value Image(FusedNode node, Value skip)
    {
        GraphBuilder graph = node.Graph;
        long channels = node.LastSize(1);
        Value shape = graph.Node("Shape", [skip]);
        Value rank = graph.Node("Size", [shape]);
        Value isFlat = graph.Node("Equal", [rank, graph.Integer(2)]);
        Value wanted = graph.Node("Where", [isFlat, graph.Integers([-1, 1, 1, channels]), Padded(graph, shape)]);
        return skip.Reshape(wanted);
    }

    // The first four sizes of a shape; of a shorter one, with ones behind, which Where then does not choose.
    private static Value Padded(GraphBuilder graph, Value shape) => shape
        .Concat(0, graph.Integers([1, 1]))
        .Slice(graph.Index(0), graph.Index(4), graph.Index(0));

    private static void Normalise(FusedNode node, Value image)
    {
        GraphBuilder graph = node.Graph;
        bool channelsLast = node.Integer("channels_last", 1) != 0;
        int groups = node.Count("groups");
        Value first = channelsLast ? Channels.First(image) : image;
        Value grouped = first.Reshape([0, groups, -1]);
        Value normal = graph.Node(
            "InstanceNormalization",
            [grouped, graph.Filled(1, groups), graph.Filled(0, groups)],
            null,
            Attributes.Real("epsilon", node.Real("epsilon", 1e-5f)));
        Value scaled = normal.Reshape(graph.Node("Shape", [first]))
            * node.Input(1).Reshape([1, -1, 1, 1])
            + node.Input(2).Reshape([1, -1, 1, 1]);
        Value active = node.Integer("activation", 0) != 0 ? scaled * scaled.Sigmoid() : scaled;
        node.Return(0, channelsLast ? Channels.Last(active) : active);
    }
}
