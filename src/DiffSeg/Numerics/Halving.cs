using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>From a map to one of half its sides: what 2 x 2 values have in common, and how far they spread.</summary>
internal static class Halving
{
    // Narrower than the other loops: picking every second lane of wider vectors is slow where they are made of narrow ones.
    private const int Width = 8;

    /// <summary>Columns of the finer map per step of the vectorised loops.</summary>
    private const int Step = 2 * Width;

    /// <summary>The mean of each 2 x 2 values.</summary>
    /// <param name="fine">The finer map, row-major; an even number of rows.</param>
    /// <param name="width">Its columns; even.</param>
    /// <param name="means">A quarter as many values.</param>
    public static void Means(ReadOnlySpan<float> fine, int width, Span<float> means)
    {
        int vectorised = Lanes.Vectorised ? width / Step * Step : 0;
        if (vectorised > 0)
        {
            MeansVector(fine, width, vectorised, means);
        }

        if (vectorised < width)
        {
            MeansScalar(fine, width, vectorised, means);
        }
    }

    /// <summary>
    /// The spread about the means: the mean square of what the finest values lie off them. By the law of total variance,
    /// the mean of the finer values' own spreads is added to what they spread themselves.
    /// </summary>
    /// <param name="fine">The finer map, row-major; an even number of rows.</param>
    /// <param name="width">Its columns; even.</param>
    /// <param name="means">The mean of each 2 x 2 values.</param>
    /// <param name="spreads">
    /// As many values as there are means: on entry the means of the finer values' own spreads, 0 when those are the finest.
    /// </param>
    public static void AddSpreads(ReadOnlySpan<float> fine, int width, ReadOnlySpan<float> means, Span<float> spreads)
    {
        int vectorised = Lanes.Vectorised ? width / Step * Step : 0;
        if (vectorised > 0)
        {
            SpreadsVector(fine, width, vectorised, means, spreads);
        }

        if (vectorised < width)
        {
            SpreadsScalar(fine, width, vectorised, means, spreads);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MeansVector(ReadOnlySpan<float> fine, int width, int columns, Span<float> means)
    {
        ref float upper = ref MemoryMarshal.GetReference(fine);
        ref float target = ref MemoryMarshal.GetReference(means);
        for (int rows = means.Length / (width / 2); rows > 0; rows--)
        {
            ref float lower = ref Unsafe.Add(ref upper, width);
            for (nuint i = 0; i < (nuint)columns; i += Step)
            {
                Vector256<float> first = Vector256.LoadUnsafe(ref upper, i) + Vector256.LoadUnsafe(ref lower, i);
                Vector256<float> second = Vector256.LoadUnsafe(ref upper, i + Width)
                    + Vector256.LoadUnsafe(ref lower, i + Width);
                ((Even(first, second) + Odd(first, second)) * Vector256.Create(0.25f)).StoreUnsafe(ref target, i / 2);
            }

            upper = ref Unsafe.Add(ref lower, width);
            target = ref Unsafe.Add(ref target, width / 2);
        }
    }

    internal static void MeansScalar(ReadOnlySpan<float> fine, int width, int firstColumn, Span<float> means)
    {
        int half = width / 2;
        for (int i = 0; i < means.Length / half; i++)
        {
            ReadOnlySpan<float> upper = fine.Slice(2 * i * width, width);
            ReadOnlySpan<float> lower = fine.Slice(((2 * i) + 1) * width, width);
            for (int x = firstColumn; x < width; x += 2)
            {
                means[(i * half) + (x / 2)] = (upper[x] + lower[x] + (upper[x + 1] + lower[x + 1])) * 0.25f;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SpreadsVector(
        ReadOnlySpan<float> fine, int width, int columns, ReadOnlySpan<float> means, Span<float> spreads)
    {
        ref float upper = ref MemoryMarshal.GetReference(fine);
        ref float middle = ref MemoryMarshal.GetReference(means);
        ref float target = ref MemoryMarshal.GetReference(spreads);
        for (int rows = means.Length / (width / 2); rows > 0; rows--)
        {
            ref float lower = ref Unsafe.Add(ref upper, width);
            for (nuint i = 0; i < (nuint)columns; i += Step)
            {
                Vector256<float> mean = Vector256.LoadUnsafe(ref middle, i / 2);
                Vector256<float> squares = SquaresOff(mean, ref upper, i) + SquaresOff(mean, ref lower, i);
                (Vector256.LoadUnsafe(ref target, i / 2) + (squares * Vector256.Create(0.25f)))
                    .StoreUnsafe(ref target, i / 2);
            }

            upper = ref Unsafe.Add(ref lower, width);
            middle = ref Unsafe.Add(ref middle, width / 2);
            target = ref Unsafe.Add(ref target, width / 2);
        }
    }

    internal static void SpreadsScalar(
        ReadOnlySpan<float> fine, int width, int firstColumn, ReadOnlySpan<float> means, Span<float> spreads)
    {
        int half = width / 2;
        for (int i = 0; i < means.Length / half; i++)
        {
            ReadOnlySpan<float> upper = fine.Slice(2 * i * width, width);
            ReadOnlySpan<float> lower = fine.Slice(((2 * i) + 1) * width, width);
            for (int x = firstColumn; x < width; x += 2)
            {
                int place = (i * half) + (x / 2);
                float a = upper[x] - means[place];
                float b = upper[x + 1] - means[place];
                float c = lower[x] - means[place];
                float d = lower[x + 1] - means[place];
                spreads[place] += ((a * a) + (b * b) + ((c * c) + (d * d))) * 0.25f;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SquaresOff(Vector256<float> mean, ref float row, nuint i)
    {
        Vector256<float> first = Vector256.LoadUnsafe(ref row, i);
        Vector256<float> second = Vector256.LoadUnsafe(ref row, i + Width);
        Vector256<float> even = Even(first, second) - mean;
        Vector256<float> odd = Odd(first, second) - mean;
        return (even * even) + (odd * odd);
    }

    // Lanes 0, 2, 4 ... of 16: the lower halves of 64-bit lanes, packed.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Even(Vector256<float> first, Vector256<float> second) =>
        Vector256.Narrow(first.AsUInt64(), second.AsUInt64()).AsSingle();

    // Lanes 1, 3, 5 ...: the upper halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Odd(Vector256<float> first, Vector256<float> second) =>
        Vector256.Narrow(first.AsUInt64() >> 32, second.AsUInt64() >> 32).AsSingle();
}
