using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>The squared Euclidean distance of two rows.</summary>
internal static class SquaredDistance
{
    /// <summary>The distance in double precision, by a plain sum in order.</summary>
    /// <param name="x">One row.</param>
    /// <param name="y">The other, of equal length.</param>
    /// <param name="sum">What to add to.</param>
    /// <returns>The sum of the squared differences.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Accurate(ReadOnlySpan<float> x, ReadOnlySpan<float> y, double sum = 0)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double difference = (double)x[i] - y[i];
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>A row's squared distance to 0 in double precision, summed in any order: only for bounds.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The sum of the squares, off by <see cref="Error"/> at most.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Norm(ReadOnlySpan<float> row)
    {
        ref float first = ref MemoryMarshal.GetReference(row);
        Vector512<double> lower = Vector512<double>.Zero;
        Vector512<double> upper = lower;
        int whole = Lanes.Vectorised ? row.Length - (row.Length % Lanes.Count) : 0;
        for (nuint i = 0; i < (nuint)whole; i += Lanes.Count)
        {
            (Vector512<double> a, Vector512<double> b) = Vector512.Widen(Vector512.LoadUnsafe(ref first, i));
            lower += a * a;
            upper += b * b;
        }

        double sum = Vector512.Sum(lower + upper);
        for (int i = whole; i < row.Length; i++)
        {
            sum += (double)row[i] * row[i];
        }

        return sum;
    }

    /// <summary>How far a double-precision sum of values that are not negative may be off, in any order.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="length">Number of values; each may be off by three roundings.</param>
    /// <returns>The bound.</returns>
    public static double Error(double sum, int length) => (length + 4) * Math.ScaleB(1, -52) * sum;
}
