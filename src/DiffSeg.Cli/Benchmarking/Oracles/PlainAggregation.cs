using System.Numerics.Tensors;
using DiffSeg.Cli.Benchmarking.Inputs;

namespace DiffSeg.Cli.Benchmarking.Oracles;

/// <summary>
/// Attention aggregation as published: per resolution the mean over layers and heads, all maps upsampled, divided by their
/// sums, repeated to full size, weighted and added. Buffers are kept from one picture to the next.
/// </summary>
/// <param name="weights">One per resolution, finest first, used as given; null for the side's share.</param>
/// <param name="threads">Threads.</param>
internal sealed class PlainAggregation(IReadOnlyList<float>? weights, int threads)
{
    private readonly Buffers _buffers = new();

    /// <summary>Aggregates.</summary>
    /// <param name="input">The attention of a picture.</param>
    /// <returns>All maps [N, N]; valid until the next call.</returns>
    public float[] Run(AttentionInput input)
    {
        IGrouping<(int Height, int Width), int>[] levels = [.. Enumerable.Range(0, input.Shapes.Count)
            .GroupBy(i => (input.Shapes[i].Height, input.Shapes[i].Width))
            .OrderByDescending(level => level.Key.Height * level.Key.Width)];
        (int height, int width) = levels[0].Key;
        int tokens = height * width;
        float[] sides = [.. levels.Select(level => MathF.Sqrt(level.Key.Height * level.Key.Width))];
        float[] result = _buffers.Get("aggregate", tokens * tokens);
        Array.Clear(result);
        for (int i = 0; i < levels.Length; i++)
        {
            float weight = weights is null ? sides[i] / sides.Sum() : weights[i];
            (int levelHeight, int levelWidth) = levels[i].Key;
            float[] maps = Upsampled(Mean(input, levels[i]), levelHeight, levelWidth, height, width);
            InRows.For(tokens, threads, (begin, end) =>
            {
                for (int query = begin; query < end; query++)
                {
                    // The published code repeats the maps of a coarse level along both query axes.
                    int coarse = (query / width * levelHeight / height * levelWidth) + (query % width * levelWidth / width);
                    Span<float> row = result.AsSpan(query * tokens, tokens);
                    TensorPrimitives.MultiplyAdd(maps.AsSpan(coarse * tokens, tokens), weight, row, row);
                }
            });
        }

        return result;
    }

    private float[] Mean(AttentionInput input, IEnumerable<int> layers)
    {
        int[] all = [.. layers];
        int tokens = input.Shapes[all[0]].Tokens;
        float[] mean = _buffers.Get("mean", tokens * tokens);
        InRows.For(tokens, threads, (begin, end) =>
        {
            Span<float> sum = mean.AsSpan(begin * tokens, (end - begin) * tokens);
            sum.Clear();
            foreach (int layer in all)
            {
                int heads = input.Shapes[layer].Heads;
                for (int head = 0; head < heads; head++)
                {
                    ReadOnlySpan<float> values = input.Tensors[layer].AsSpan(((head * tokens) + begin) * tokens, sum.Length);
                    TensorPrimitives.MultiplyAdd(values, 1f / (heads * all.Length), sum, sum);
                }
            }
        });
        return mean;
    }

    private float[] Upsampled(float[] maps, int levelHeight, int levelWidth, int height, int width)
    {
        int count = levelHeight * levelWidth, tokens = height * width;
        float[] large = _buffers.Get("upsampled", count * tokens);
        var resizing = new PlainBilinear(levelHeight, levelWidth, height, width);
        InRows.For(count, threads, (begin, end) =>
        {
            for (int map = begin; map < end; map++)
            {
                Span<float> row = large.AsSpan(map * tokens, tokens);
                resizing.Resize(maps.AsSpan(map * count, count), row);
                TensorPrimitives.Divide(row, TensorPrimitives.Sum<float>(row), row);
            }
        });
        return large;
    }
}
