using System.Globalization;
using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Aggregation;

/// <summary>Appends the averaging of attention to a graph, as far as a form asks for it (Tian et al., CVPR 2024, section 3.2).</summary>
internal static class AggregationGraph
{
    private const string Name = "attention";

    /// <summary>Appends the outputs of a form.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layers">The layers in the order of execution.</param>
    /// <param name="form">What to give out.</param>
    /// <returns>The outputs, in the order of the file.</returns>
    public static IReadOnlyList<OutputGrid> Append(GraphBuilder graph, IReadOnlyList<LayerValue> layers, AttentionForm form) => form switch
    {
        AttentionForm.Raw => [.. layers.Select((layer, i) => Raw(graph, layer, i))],
        AttentionForm.Layers => [.. layers.Select((layer, i) => Square(graph, Mean(layer), layer, LayerName(layer, i)))],
        AttentionForm.Resolutions => [.. Levels(layers).Select(level => Square(graph, Mean(level), level[0], $"{Name}_{Side(level[0])}"))],
        AttentionForm.Aggregated => [Aggregated(graph, Levels(layers))],
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "No such form of attention."),
    };

    /// <summary>The layers of each resolution, finest first.</summary>
    private static List<LayerValue[]> Levels(IReadOnlyList<LayerValue> layers) =>
    [
        .. layers.GroupBy(l => (l.Height, l.Width)).OrderByDescending(g => g.Key.Height * g.Key.Width).Select(g => g.ToArray()),
    ];

    private static OutputGrid Raw(GraphBuilder graph, LayerValue layer, int index)
    {
        string name = LayerName(layer, index);
        Value perHead = layer.Probabilities.Reshape([layer.Heads, layer.Tokens, layer.Tokens], name);
        graph.Output(perHead, layer.Heads, layer.Tokens, layer.Tokens);
        return new OutputGrid(name, layer.Height, layer.Width);
    }

    private static OutputGrid Square(GraphBuilder graph, Value map, LayerValue layer, string name)
    {
        graph.Output(map.Reshape([layer.Tokens, layer.Tokens], name), layer.Tokens, layer.Tokens);
        return new OutputGrid(name, layer.Height, layer.Width);
    }

    private static OutputGrid Aggregated(GraphBuilder graph, List<LayerValue[]> levels)
    {
        LayerValue finest = levels[0][0];
        double[] sides = [.. levels.Select(l => Math.Sqrt(l[0].Tokens))];

        // Coarse to fine: each resolution's maps are added to those of the next finer one, so that only the last sum is of
        // the full size. The finest stands first in that sum: ONNX Runtime orders nodes by it, and then frees each layer's
        // probabilities before it computes the next.
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

        return Square(graph, coarser!.Value, finest, Name);
    }

    /// <summary>[tokens, tokens]: the mean over layers of the mean over heads.</summary>
    private static Value Mean(IReadOnlyList<LayerValue> layers)
    {
        Value sum = layers.Select(Mean).Aggregate((a, b) => a + b);
        return layers.Count == 1 ? sum : sum * (1.0 / layers.Count);
    }

    private static Value Mean(LayerValue layer) =>
        (layer.Heads == 1 ? layer.Probabilities : layer.Probabilities.Reshape([layer.Heads, layer.Tokens, layer.Tokens]).Mean(0))
        .Reshape([layer.Tokens, layer.Tokens]);

    private static string LayerName(LayerValue layer, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}_{index:00}_{Side(layer)}");

    private static string Side(LayerValue layer) => layer.Height == layer.Width ? $"{layer.Height}" : $"{layer.Height}x{layer.Width}";
}
