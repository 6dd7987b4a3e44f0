namespace DiffSeg.Tests.Oracle;

/// <summary>Attention of a picture of a few random objects, as softmax rows with noise; reproducible from a seed.</summary>
internal static class RandomAttention
{
    /// <summary>One tensor of the given shape.</summary>
    public static float[] Tensor(int seed, AttentionShape shape, int objects = 5, double contrast = 2.5)
    {
        Random random = new(seed);
        (double Y, double X)[] centres = [.. Enumerable.Range(0, objects)
            .Select(_ => (random.NextDouble(), random.NextDouble()))];
        int tokens = shape.Tokens;
        int[] labels = [.. Enumerable.Range(0, tokens).Select(i => Nearest(
            centres, ((i / shape.Width) + 0.5) / shape.Height, ((i % shape.Width) + 0.5) / shape.Width))];
        float[] values = new float[shape.Length];
        for (int row = 0; row < shape.Heads * tokens; row++)
        {
            Span<float> map = values.AsSpan(row * tokens, tokens);
            double sum = 0;
            for (int key = 0; key < tokens; key++)
            {
                double same = labels[row % tokens] == labels[key] ? contrast : 0;
                map[key] = (float)Math.Exp(same + (0.5 * random.NextDouble()));
                sum += map[key];
            }

            for (int key = 0; key < tokens; key++)
            {
                map[key] = (float)(map[key] / sum);
            }
        }

        return values;
    }

    /// <summary>All tensors of a ladder.</summary>
    public static float[][] Ladder(int seed, IReadOnlyList<AttentionShape> shapes) =>
        [.. shapes.Select(shape => Tensor(seed, shape))];

    /// <summary>The aggregate of a ladder.</summary>
    public static AggregatedAttention Aggregate(
        int seed, IReadOnlyList<AttentionShape> shapes, AggregationOptions? options = null)
    {
        AttentionAggregator aggregator = new(shapes, options);
        float[][] tensors = Ladder(seed, shapes);
        for (int i = 0; i < tensors.Length; i++)
        {
            aggregator.Add(i, tensors[i]);
        }

        return aggregator.Aggregate();
    }

    private static int Nearest((double Y, double X)[] centres, double y, double x) =>
        Enumerable.Range(0, centres.Length)
            .MinBy(k => ((centres[k].Y - y) * (centres[k].Y - y)) + ((centres[k].X - x) * (centres[k].X - x)));
}
