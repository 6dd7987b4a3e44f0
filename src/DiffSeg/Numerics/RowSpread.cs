using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>a + (b - a) * weight, where a and b are picked from a row by index: rows resampled along their columns.</summary>
/// <remarks>
/// <para>
/// Picking value by value is what costs. Neighbouring outputs pick from neighbouring inputs, so that all inputs of a vector
/// of outputs mostly lie within one vector too: it is loaded once and shuffled twice.
/// </para>
/// <code>
/// row      | . . p q r s . .      one load, from the first output's a on
/// lower    |     0 0 1 1 2 2      a: shuffle by lower
/// upper    |     1 1 2 2 3 3      b: shuffle by upper
/// </code>
/// <para>Positions do not mix and every operation is rounded by itself, so that vector width makes no difference.</para>
/// </remarks>
internal static class RowSpread
{
    /// <summary>Resamples rows.</summary>
    /// <param name="rows">
    /// Rows of values to pick from, one after the other. Those after the last one picked are never used, but 16 of them
    /// let rows of fewer than 16 values be made as fast as others.
    /// </param>
    /// <param name="stride">Values from one row to the next.</param>
    /// <param name="lower">Index of a for each output of a row; never falls.</param>
    /// <param name="upper">Index of b for each output of a row, at or after a; never falls.</param>
    /// <param name="weight">Weight of b for each output of a row.</param>
    /// <param name="destination">As many rows of outputs, as long as the lists, one after the other.</param>
    public static void Of(
        ReadOnlySpan<float> rows,
        int stride,
        ReadOnlySpan<int> lower,
        ReadOnlySpan<int> upper,
        ReadOnlySpan<float> weight,
        Span<float> destination)
    {
        // Narrower machines have no shuffle of whole vectors.
        int size = Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 0;
        int outputs = lower.Length;
        int count = outputs == 0 ? 0 : destination.Length / outputs;
        int latest = rows.Length - ((count - 1) * stride) - size;
        int i = 0;
        for (; size > 0 && i <= outputs - size; i += size)
        {
            // Indices never fall: the first and the last say whether one vector of inputs holds them all.
            int start = Math.Min(lower[i], latest);
            if (start >= 0 && upper[i + size - 1] - start < size)
            {
                Columns(rows[start..], stride, lower[i..], upper[i..], start, weight[i..], destination[i..], outputs, count);
            }
            else
            {
                Scalar(rows, stride, lower.Slice(i, size), upper[i..], weight[i..], destination, i, outputs);
            }
        }

        Scalar(rows, stride, lower[i..], upper[i..], weight[i..], destination, i, outputs);
    }

    // Outputs [from, from + lists' length) of all rows.
    internal static void Scalar(
        ReadOnlySpan<float> rows,
        int stride,
        ReadOnlySpan<int> lower,
        ReadOnlySpan<int> upper,
        ReadOnlySpan<float> weight,
        Span<float> destination,
        int from,
        int outputs)
    {
        for (int y = 0; lower.Length > 0 && y < destination.Length / outputs; y++)
        {
            ReadOnlySpan<float> row = rows[(y * stride)..];
            Span<float> target = destination.Slice((y * outputs) + from, lower.Length);
            for (int i = 0; i < target.Length; i++)
            {
                float a = row[lower[i]];
                target[i] = a + ((row[upper[i]] - a) * weight[i]);
            }
        }
    }

    // One vector of outputs of every row, out of the vector of inputs that begins where the rows do.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns(
        ReadOnlySpan<float> rows,
        int stride,
        ReadOnlySpan<int> lower,
        ReadOnlySpan<int> upper,
        int start,
        ReadOnlySpan<float> weight,
        Span<float> destination,
        int outputs,
        int count)
    {
        ref float source = ref MemoryMarshal.GetReference(rows);
        ref float target = ref MemoryMarshal.GetReference(destination);
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<int> first = Vector512.Create(lower) - Vector512.Create(start);
            Vector512<int> second = Vector512.Create(upper) - Vector512.Create(start);
            Vector512<float> share = Vector512.Create(weight);
            for (int y = 0; y < count; y++)
            {
                Vector512<float> inputs = Vector512.LoadUnsafe(ref source, (nuint)(y * stride));
                Vector512<float> a = Vector512.ShuffleNative(inputs, first);
                Vector512<float> b = Vector512.ShuffleNative(inputs, second);
                (a + ((b - a) * share)).StoreUnsafe(ref target, (nuint)(y * outputs));
            }
        }
        else
        {
            Vector256<int> first = Vector256.Create(lower) - Vector256.Create(start);
            Vector256<int> second = Vector256.Create(upper) - Vector256.Create(start);
            Vector256<float> share = Vector256.Create(weight);
            for (int y = 0; y < count; y++)
            {
                Vector256<float> inputs = Vector256.LoadUnsafe(ref source, (nuint)(y * stride));
                Vector256<float> a = Vector256.ShuffleNative(inputs, first);
                Vector256<float> b = Vector256.ShuffleNative(inputs, second);
                (a + ((b - a) * share)).StoreUnsafe(ref target, (nuint)(y * outputs));
            }
        }
    }
}
