using System.Numerics.Tensors;

namespace DiffSeg.Cli.Benchmarking.Oracles;

/// <summary>
/// The published formulation (google/diffseg, segmentor.py, KL): distances element by element. For 16 anchors at a time the
/// logarithm of every map, then per anchor quotient = ln x - ln Y, and two sums of products with it.
/// </summary>
/// <remarks>
/// In float32 throughout; the published code computes the first iteration in float16 and the rest in float64, which a CPU
/// does no faster.
/// </remarks>
/// <param name="settings">What to compute.</param>
/// <param name="fused">
/// False: each array operation goes over all maps before the next begins, as the published code does it, and temporaries
/// are written to memory. True: map by map, as a compiler that fuses array operations would have it.
/// </param>
internal sealed class PublishedFormulation(FormulationSettings settings, bool fused) : Formulation(settings)
{
    private const int AnchorsAtOnce = 16;

    /// <inheritdoc/>
    protected override void FirstDistances(
        float[] maps, int[] anchors, int tokens, float[] distances, CancellationToken cancellationToken)
    {
        for (int group = 0; group < anchors.Length; group += AnchorsAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] some = anchors[group..Math.Min(group + AnchorsAtOnce, anchors.Length)];
            Distances(maps, tokens, tokens, some, distances.AsMemory(group * tokens));
        }
    }

    /// <inheritdoc/>
    protected override Func<int, float[]> LaterDistances(float[] proposals, int count, int tokens) => proposal =>
    {
        float[] row = new float[count];
        Distances(proposals, count, tokens, [proposal], row);
        return row;
    };

    private void Distances(float[] maps, int count, int tokens, int[] anchors, Memory<float> distances)
    {
        float[] logarithms = Buffers.Get("logarithms", count * tokens);
        float[] quotient = Buffers.Get("quotient", count * tokens);
        float[] product = Buffers.Get("product", count * tokens);
        InRows.For(count, Settings.Threads, (begin, end) =>
            TensorPrimitives.Log(maps.AsSpan(begin * tokens, (end - begin) * tokens), logarithms.AsSpan(begin * tokens)));
        InRows.For(count, Settings.Threads, (begin, end) =>
        {
            int block = fused ? 1 : end - begin;
            for (int i = 0; i < anchors.Length; i++)
            {
                Span<float> row = distances.Span.Slice(i * count, count);
                for (int map = begin; map < end; map += block)
                {
                    // Blocks of one map use the thread's first row again and again, so it stays in the cache.
                    int at = (fused ? begin : map) * tokens;
                    Distances(
                        maps.AsSpan(anchors[i] * tokens, tokens),
                        logarithms.AsSpan(anchors[i] * tokens, tokens),
                        maps.AsSpan(map * tokens, block * tokens),
                        logarithms.AsSpan(map * tokens, block * tokens),
                        quotient.AsSpan(at, block * tokens),
                        product.AsSpan(at, block * tokens),
                        row.Slice(map, block));
                }
            }
        });
    }

    // One map x against the maps Y of a block, operation by operation.
    private static void Distances(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> logX,
        ReadOnlySpan<float> maps,
        ReadOnlySpan<float> logarithms,
        Span<float> quotient,
        Span<float> product,
        Span<float> result)
    {
        int tokens = x.Length;
        for (int at = 0; at < maps.Length; at += tokens)
        {
            TensorPrimitives.Subtract(logX, logarithms.Slice(at, tokens), quotient.Slice(at, tokens));
        }

        for (int at = 0; at < maps.Length; at += tokens)
        {
            TensorPrimitives.Multiply(x, quotient.Slice(at, tokens), product.Slice(at, tokens));
        }

        for (int map = 0; map < result.Length; map++)
        {
            result[map] = TensorPrimitives.Sum<float>(product.Slice(map * tokens, tokens)) / 2;
        }

        TensorPrimitives.Multiply(maps, quotient, product);
        for (int map = 0; map < result.Length; map++)
        {
            result[map] += -TensorPrimitives.Sum<float>(product.Slice(map * tokens, tokens)) / 2;
        }
    }
}
