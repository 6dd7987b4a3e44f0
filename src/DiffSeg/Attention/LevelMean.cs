using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>The mean attention of one resolution, gathered tensor after tensor: over heads, then over layers.</summary>
/// <remarks>
/// Holds the sum over the layers of the mean over the heads; the number of layers drops out when each map is divided
/// by its sum.
/// </remarks>
internal sealed class LevelMean(int tokens, SpareBuffers buffers)
{
    /// <summary>Rows per range of the parallel loops.</summary>
    private const int Grain = 16;

    private float[]? _sum;
    private bool _empty = true;

    /// <summary>Query tokens, and key tokens of each.</summary>
    public int Tokens { get; } = tokens;

    /// <summary>The mean maps [Tokens, Tokens], scaled by the number of layers.</summary>
    public Span<float> Values => _sum;

    /// <summary>Adds one tensor.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="attention">Its values [heads, N, N].</param>
    /// <param name="degree">Threads at most.</param>
    /// <returns>The first row (query token) that holds a bad value or no attention, or -1 when all are good.</returns>
    public unsafe int Add(AttentionShape shape, ReadOnlySpan<float> attention, int degree)
    {
        _sum ??= buffers.Rent(Tokens * Tokens);
        int firstBad = int.MaxValue;
        fixed (float* first = attention)
        {
            float* tensor = first;
            RowParallel.For(Tokens, Grain, degree, (from, to) =>
            {
                for (int query = from; query < to; query++)
                {
                    if (!AddRow(tensor, shape.Heads, query))
                    {
                        Lower(ref firstBad, query);
                        return;
                    }
                }
            });
        }

        _empty = false;
        return firstBad == int.MaxValue ? -1 : firstBad;
    }

    /// <summary>Forgets what was added and keeps the buffer.</summary>
    public void Clear() => _empty = true;

    /// <summary>Gives the buffer away; the next image gets another.</summary>
    /// <returns>The values [Tokens, Tokens].</returns>
    public float[] Detach()
    {
        float[] values = _sum!;
        _sum = null;
        _empty = true;
        return values;
    }

    private static void Lower(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value < seen)
        {
            int before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    private unsafe bool AddRow(float* tensor, int heads, int query)
    {
        Span<float> sum = Values.Slice(query * Tokens, Tokens);
        bool positive = false;
        using Scratch<float> mean = heads > 1 && !_empty ? new(Tokens) : default;
        Span<float> target = mean.IsEmpty ? sum : mean.Span;
        for (int head = 0; head < heads; head++)
        {
            ReadOnlySpan<float> row = new(tensor + ((((long)head * Tokens) + query) * Tokens), Tokens);
            (bool valid, bool some) = RowCheck.Of(row);
            positive |= some;
            if (!valid)
            {
                return false;
            }

            if (head > 0 || (heads == 1 && !_empty))
            {
                TensorPrimitives.Add(target, row, target);
            }
            else
            {
                row.CopyTo(target);
            }
        }

        if (heads > 1)
        {
            TensorPrimitives.Multiply(target, 1f / heads, target);
            if (!mean.IsEmpty)
            {
                TensorPrimitives.Add(sum, target, sum);
            }
        }

        return positive;
    }
}
