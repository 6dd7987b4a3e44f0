using System.Globalization;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Merging;

namespace DiffSeg.Onnx.Aggregation;

/// <summary>
/// Appends to a graph what a form asks for: the averaging of attention (Tian et al., CVPR 2024, section 3.2), and the
/// first iteration of the merging behind it.
/// </summary>
internal static class AggregationGraph
{
    private const string Name = "attention";
    private const string ProposalsName = "proposals";

    /// <summary>Appends the outputs of a form.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layers">The layers in the order of execution, all of as many pictures; of one for <see cref="AttentionForm.Merged"/>.</param>
    /// <param name="form">What to give out.</param>
    /// <param name="merge">How the form <see cref="AttentionForm.Merged"/> merges; others do not look at it.</param>
    /// <param name="klThreshold">The threshold that it merges with by default.</param>
    /// <returns>The outputs, in the order of the file.</returns>
    /// <exception cref="ArgumentException">More anchors per side than the attention has tokens.</exception>
    public static IReadOnlyList<OutputGrid> Append(
        GraphBuilder graph, IReadOnlyList<LayerValue> layers, AttentionForm form, FirstMerge? merge = null, float klThreshold = 0) => form switch
        {
            AttentionForm.Raw => [.. layers.Select((layer, i) => Raw(graph, layer, i))],
            AttentionForm.Layers => [.. HeadMeans(layers).Select((layer, i) => Square(graph, layer.Probabilities, layer, LayerName(layer, i)))],
            AttentionForm.Resolutions => [.. Levels(layers).Select(level => Square(graph, Mean(level), level[0], $"{Name}_{Side(level[0])}"))],
            AttentionForm.Aggregated => [Aggregated(graph, Levels(layers))],
            AttentionForm.Merged => [Merged(graph, Levels(layers), merge!, klThreshold)],
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "No such form of attention."),
        };

    /// <summary>The layers of each resolution, averaged over heads, finest first.</summary>
    private static List<LayerValue[]> Levels(IReadOnlyList<LayerValue> layers) =>
    [
        .. HeadMeans(layers).GroupBy(l => (l.Height, l.Width)).OrderByDescending(g => g.Key.Height * g.Key.Width).Select(g => g.ToArray()),
    ];

    private static OutputGrid Raw(GraphBuilder graph, LayerValue layer, int index)
    {
        string name = LayerName(layer, index);
        long[] shape = layer.Pictures.Before(layer.Heads, layer.Tokens, layer.Tokens);
        graph.Output(layer.Probabilities.Reshape(shape, name), shape);
        return new OutputGrid(name, layer.Height, layer.Width);
    }

    private static OutputGrid Square(GraphBuilder graph, Value map, LayerValue layer, string name)
    {
        long[] shape = layer.Pictures.Before(layer.Tokens, layer.Tokens);
        graph.Output(map.Reshape(shape, name), shape);
        return new OutputGrid(name, layer.Height, layer.Width);
    }

    private static OutputGrid Aggregated(GraphBuilder graph, List<LayerValue[]> levels) =>
        Square(graph, Aggregate(graph, levels), levels[0][0], Name);

    private static OutputGrid Merged(GraphBuilder graph, List<LayerValue[]> levels, FirstMerge merge, float klThreshold)
    {
        LayerValue grid = levels[0][0];
        int[] anchors = SamplingGrid.Anchors(grid.Height, grid.Width, merge.AnchorsPerSide);
        Value threshold = graph.OptionalInput(FirstMerge.ThresholdName, klThreshold);
        Value maps = Aggregate(graph, levels).Reshape([grid.Tokens, grid.Tokens]);
        Value proposals = FirstMergeGraph.Append(maps, (int)grid.Tokens, anchors, threshold, merge.ZeroAttention);
        graph.Output(proposals.Reshape([anchors.Length, grid.Tokens], ProposalsName), anchors.Length, grid.Tokens);
        return new OutputGrid(ProposalsName, grid.Height, grid.Width);
    }

    private static Value Aggregate(GraphBuilder graph, List<LayerValue[]> levels)
    {
        LayerValue finest = levels[0][0];
        double[] sides = [.. levels.Select(l => Math.Sqrt(l[0].Tokens))];

        // Coarse to fine: each resolution's maps are added to those of the next finer one, so that only the last sum is of
        // the full size.
        Value? coarser = null;
        LayerValue coarserGrid = default;
        for (int level = levels.Count - 1; level >= 0; level--)
        {
            LayerValue grid = levels[level][0];
            Value maps = level == 0 ? Mean(levels[0]) : Upsampling.ToGrid(Mean(levels[level]), grid, finest);
            Value weighted = maps / maps.Sum(graph.Index(-1)) * (sides[level] / sides.Sum());
            coarser = coarser is { } sum ? Upsampling.AddRepeated(weighted, grid, sum, coarserGrid, finest.Tokens) : weighted;
            coarserGrid = grid;
        }

        return coarser!.Value;
    }

    /// <summary>The layers averaged over their heads: [tokens, tokens], of each picture.</summary>
    private static LayerValue[] HeadMeans(IReadOnlyList<LayerValue> layers)
    {
        // Among the inputs of a node ONNX Runtime schedules first what leads to the one that stands last in the file. With
        // the last layer's mean in front and the sums behind, each layer is averaged, and its heads are freed, before the
        // next is computed: 0.5 GB at a time at 64 x 64 tokens instead of five times that.
        var means = new LayerValue[layers.Count];
        for (int i = layers.Count - 1; i >= 0; i--)
        {
            LayerValue layer = layers[i];
            Value mean = layer.Heads == 1
                ? layer.Probabilities
                : layer.Probabilities.Reshape(layer.Pictures.Before(layer.Heads, layer.Tokens, layer.Tokens)).Mean(layer.Pictures.HasAxis ? 1 : 0);
            means[i] = layer with { Probabilities = mean.Reshape(layer.Pictures.Before(layer.Tokens, layer.Tokens)), Heads = 1 };
        }

        return means;
    }

    /// <summary>[tokens, tokens], of each picture: the mean over layers that are averaged over their heads.</summary>
    private static Value Mean(IReadOnlyList<LayerValue> layers)
    {
        Value sum = layers.Select(l => l.Probabilities).Aggregate((a, b) => a + b);
        return layers.Count == 1 ? sum : sum * (1.0 / layers.Count);
    }

    private static string LayerName(LayerValue layer, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}_{index:00}_{Side(layer)}");

    private static string Side(LayerValue layer) => layer.Height == layer.Width ? $"{layer.Height}" : $"{layer.Height}x{layer.Width}";
}
