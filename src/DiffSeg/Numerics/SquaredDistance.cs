using System.Runtime.CompilerServices;

namespace DiffSeg;

/// <summary>The squared Euclidean distance of two rows.</summary>
internal static class SquaredDistance
{
    /// <summary>The distance in double precision, by a plain sum in order.</summary>
    /// <param name="x">One row.</param>
    /// <param name="y">The other, of equal length.</param>
    /// <returns>The sum of the squared differences.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Accurate(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double difference = (double)x[i] - y[i];
            sum += difference * difference;
        }

        return sum;
    }
}
