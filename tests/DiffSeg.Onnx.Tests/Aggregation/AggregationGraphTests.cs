using DiffSeg.Onnx.Aggregation;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Aggregation;

/// <summary>Aggregation in a graph against DiffSeg's own, which the goldens hold.</summary>
public sealed class AggregationGraphTests
{
    private static readonly (int Heads, int Height, int Width)[] Square = [(2, 8, 8), (3, 4, 4), (1, 2, 2), (2, 8, 8), (4, 4, 4)];
    private static readonly (int Heads, int Height, int Width)[] Wide = [(2, 4, 6), (2, 2, 3), (2, 4, 6)];

    [Theory]
    [InlineData(false, 17)]
    [InlineData(true, 17)]
    [InlineData(false, 18)]
    [InlineData(true, 20)]
    public void Aggregated_is_what_the_library_makes_of_raw_attention(bool wide, long operatorSet)
    {
        TestGraph graph = WithLayers(wide ? Wide : Square, operatorSet, AttentionForm.Aggregated, out var tensors, out IReadOnlyList<OutputGrid> outputs);
        float[] actual = graph.Run()[0];

        using AggregatedAttention expected = AggregatedAttention.FromTensors(tensors(graph));

        Assert.Equal(new OutputGrid("attention", expected.Height, expected.Width), Assert.Single(outputs));
        Close.Assert(expected.Values.ToArray(), actual, 1e-6);
    }

    [Theory]
    [InlineData(AttentionForm.Raw)]
    [InlineData(AttentionForm.Layers)]
    [InlineData(AttentionForm.Resolutions)]
    public void Every_form_leads_to_the_same_aggregate(AttentionForm form)
    {
        TestGraph graph = WithLayers(Square, 17, form, out var tensors, out IReadOnlyList<OutputGrid> outputs);
        float[][] actual = graph.Run();
        using AggregatedAttention expected = AggregatedAttention.FromTensors(tensors(graph));
        AttentionShape[] shapes = [.. outputs.Zip(actual, (o, values) => new AttentionShape(values.Length / (o.Height * o.Width * o.Height * o.Width), o.Height, o.Width))];

        using AggregatedAttention again = AggregatedAttention.FromTensors(
            [.. shapes.Zip(actual, (shape, values) => (shape, (ReadOnlyMemory<float>)values))]);

        Assert.Equal(form == AttentionForm.Resolutions ? 3 : Square.Length, outputs.Count);
        Assert.Equal(form == AttentionForm.Raw ? Square.Select(l => l.Heads) : outputs.Select(_ => 1), shapes.Select(s => s.Heads));
        Close.Assert(expected.Values.ToArray(), again.Values.ToArray(), 1e-6);
    }

    private static TestGraph WithLayers(
        (int Heads, int Height, int Width)[] layers, long operatorSet, AttentionForm form,
        out Func<TestGraph, (AttentionShape, ReadOnlyMemory<float>)[]> tensors, out IReadOnlyList<OutputGrid> outputs)
    {
        var graph = new TestGraph(operatorSet);
        var values = new List<LayerValue>();
        foreach (var (heads, height, width) in layers)
        {
            int tokens = height * width;
            string name = $"layer{values.Count}";
            Value scores = graph.Input(name, heads, tokens, tokens);
            float[] distributions = graph.ValuesOf(name);
            for (int row = 0; row < heads * tokens; row++)
            {
                Span<float> map = distributions.AsSpan(row * tokens, tokens);
                System.Numerics.Tensors.TensorPrimitives.SoftMax(map, map);
            }

            values.Add(new LayerValue(scores, heads, height, width));
        }

        outputs = AggregationGraph.Append(graph.Builder, values, form);
        tensors = g => [.. layers.Select((l, i) => (new AttentionShape(l.Heads, l.Height, l.Width), (ReadOnlyMemory<float>)g.ValuesOf($"layer{i}")))];
        return graph;
    }
}
