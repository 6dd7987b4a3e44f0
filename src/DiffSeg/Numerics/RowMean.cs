using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>The mean of rows of equal length, such as one query token's maps in all heads.</summary>
/// <remarks>Each position by itself, in the order of the rows, so that vector width makes no difference.</remarks>
internal static class RowMean
{
    /// <summary>Positions per step: a few cache lines of each row in turn, so that every row is read as a stream.</summary>
    private const int Step = 4 * Lanes.Count;

    /// <summary>Averages the rows, reading each value once.</summary>
    /// <param name="rows">The first row's first value, and on to the last row's last.</param>
    /// <param name="count">Number of rows, at least 1.</param>
    /// <param name="stride">Values from one row to the next.</param>
    /// <param name="mean">The mean, as long as a row; NaN and infinity go through.</param>
    /// <returns>Whether a value is below 0; undefined where the mean holds a NaN.</returns>
    public static bool Of(ReadOnlySpan<float> rows, int count, int stride, Span<float> mean)
    {
        int done = 0;
        bool negative = false;
        if (Lanes.Vectorised)
        {
            done = mean.Length - (mean.Length % Step);
            negative = Vector(rows, count, stride, mean[..done]);
        }

        return negative | Scalar(rows[done..], count, stride, mean[done..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Vector(ReadOnlySpan<float> rows, int count, int stride, Span<float> mean)
    {
        float share = 1f / count;
        ref float first = ref MemoryMarshal.GetReference(rows);
        ref float target = ref MemoryMarshal.GetReference(mean);
        Vector512<float> lowest = Vector512<float>.Zero;
        for (int i = 0; i < mean.Length; i += Step)
        {
            ref float row = ref Unsafe.Add(ref first, i);
            Vector512<float> a = Vector512<float>.Zero;
            Vector512<float> b = a;
            Vector512<float> c = a;
            Vector512<float> d = a;
            for (int n = 0; n < count; n++)
            {
                a += Least(ref lowest, Vector512.LoadUnsafe(ref row));
                b += Least(ref lowest, Vector512.LoadUnsafe(ref row, Lanes.Count));
                c += Least(ref lowest, Vector512.LoadUnsafe(ref row, 2 * Lanes.Count));
                d += Least(ref lowest, Vector512.LoadUnsafe(ref row, 3 * Lanes.Count));
                row = ref Unsafe.Add(ref row, stride);
            }

            (a * share).StoreUnsafe(ref target, (nuint)i);
            (b * share).StoreUnsafe(ref target, (nuint)(i + Lanes.Count));
            (c * share).StoreUnsafe(ref target, (nuint)(i + (2 * Lanes.Count)));
            (d * share).StoreUnsafe(ref target, (nuint)(i + (3 * Lanes.Count)));
        }

        return Vector512.LessThanAny(lowest, Vector512<float>.Zero);
    }

    internal static bool Scalar(ReadOnlySpan<float> rows, int count, int stride, Span<float> mean)
    {
        bool negative = false;
        for (int i = 0; i < mean.Length; i++)
        {
            float sum = 0;
            for (int n = 0; n < count; n++)
            {
                float value = rows[(n * stride) + i];
                sum += value;
                negative |= value < 0;
            }

            mean[i] = sum * (1f / count);
        }

        return negative;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Least(ref Vector512<float> lowest, Vector512<float> values)
    {
        lowest = Vector512.MinNative(lowest, values);
        return values;
    }
}
