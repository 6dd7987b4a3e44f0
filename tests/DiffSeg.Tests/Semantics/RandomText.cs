using DiffSeg.Semantics;

namespace DiffSeg.Tests.Semantics;

/// <summary>Cross-attention with values from small to large, each place normalised; reproducible from a seed.</summary>
internal static class RandomText
{
    public static float[] Tensor(int seed, CrossAttentionShape shape)
    {
        Random random = new(seed);
        float[] values = new float[shape.Length];
        for (int row = 0; row < values.Length; row += shape.TextTokens)
        {
            Span<float> place = values.AsSpan(row, shape.TextTokens);
            float sum = 0;
            foreach (ref float value in place)
            {
                value = MathF.Exp(6 * random.NextSingle());
                sum += value;
            }

            foreach (ref float value in place)
            {
                value /= sum;
            }
        }

        return values;
    }

    public static float[][] Tensors(int seed, IReadOnlyList<CrossAttentionShape> shapes) =>
        [.. shapes.Select((shape, i) => Tensor((100 * seed) + i, shape))];

    public static CrossAttention Aggregate(
        int seed, IReadOnlyList<CrossAttentionShape> shapes, AggregationOptions? options = null)
    {
        CrossAttentionAggregator aggregator = new(shapes, options);
        float[][] tensors = Tensors(seed, shapes);
        for (int i = 0; i < tensors.Length; i++)
        {
            aggregator.Add(i, tensors[i]);
        }

        return aggregator.Aggregate();
    }
}
