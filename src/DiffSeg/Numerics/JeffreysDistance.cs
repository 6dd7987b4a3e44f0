using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>
/// The distance between two maps, D(x, y) = 1/2 sum (x - y)(ln x - ln y), natural logarithm: half the symmetric
/// Kullback-Leibler divergence (Jeffreys divergence) of section 3.3 of the paper.
/// </summary>
internal static class JeffreysDistance
{
    /// <summary>Values below this count as this before the logarithm: the smallest positive normal number.</summary>
    public const float Smallest = 1.17549435e-38f;

    private const int DoubleLanes = Lanes.Count / 2;

    /// <summary>
    /// The distance in double precision, as 1/2 sum (x - y) ln(x / y): what decides where single precision cannot, with
    /// the same bits on every machine.
    /// </summary>
    /// <param name="x">One map.</param>
    /// <param name="y">The other, of equal length.</param>
    /// <returns>The distance, good to about 1e-14.</returns>
    public static double Accurate(ReadOnlySpan<float> x, ReadOnlySpan<float> y) =>
        Lanes.Vectorised ? AccurateVector(x, y) : AccurateScalar(x, y);

    /// <summary>
    /// How far the single-precision distance may be from the true one: decisions within this of the threshold are
    /// taken again with <see cref="Accurate"/>.
    /// </summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="mass">The largest sum of a map.</param>
    /// <returns>The half width of the band.</returns>
    /// <remarks>
    /// Relative part: 3 roundings per term and, for maps of up to 128 x 128 tokens, at most 84 additions in a row, 87 x
    /// 2^-24 of the distance, 5.2e-6. Absolute parts, in shares of the mass m, for logarithms up to 88: a logarithm is off by
    /// at most 2 units in its last place, 1.5e-5, and |x - y| adds up to at most 2 m: 1/2 x 2 x 3e-5 / 2 = 1.5e-5. The mean
    /// of a cell is off by 2 roundings, so that its rests do not quite add up to 0 (see <see cref="PreparedMaps"/>): of the
    /// logarithms 1.05e-5 each in two maps, 2.1e-5; of the values 1.2e-7 x, against differences of logarithms up to 88,
    /// 1.05e-5. Together less than 5e-5, if all erred in the same direction.
    /// </remarks>
    public static double Uncertainty(double threshold, double mass) => 6e-5 * (Math.Abs(threshold) + mass);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double AccurateVector(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ref float first = ref MemoryMarshal.GetReference(x);
        ref float second = ref MemoryMarshal.GetReference(y[..x.Length]);
        Vector512<double> sum = Vector512<double>.Zero;
        int i = 0;
        for (; i <= x.Length - DoubleLanes; i += DoubleLanes)
        {
            sum += Terms(Vector256.LoadUnsafe(ref first, (nuint)i), Vector256.LoadUnsafe(ref second, (nuint)i));
        }

        if (i < x.Length)
        {
            // The rest, filled up with ones, whose term is 0.
            Span<float> restX = stackalloc float[DoubleLanes];
            Span<float> restY = stackalloc float[DoubleLanes];
            restX.Fill(1);
            restY.Fill(1);
            x[i..].CopyTo(restX);
            y[i..x.Length].CopyTo(restY);
            sum += Terms(Vector256.Create<float>(restX), Vector256.Create<float>(restY));
        }

        Vector256<double> four = sum.GetLower() + sum.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return (two[0] + two[1]) / 2;
    }

    internal static double AccurateScalar(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Span<double> lanes = stackalloc double[DoubleLanes];
        lanes.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            double a = Math.Max(x[i], Smallest);
            double b = Math.Max(y[i], Smallest);
            lanes[i % DoubleLanes] += (a - b) * AccurateLog.Of(a / b);
        }

        for (int half = DoubleLanes / 2; half >= 1; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0] / 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Terms(Vector256<float> x, Vector256<float> y)
    {
        Vector512<double> a = Widen(Vector256.Max(x, Vector256.Create(Smallest)));
        Vector512<double> b = Widen(Vector256.Max(y, Vector256.Create(Smallest)));
        return (a - b) * AccurateLog.Of(a / b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Widen(Vector256<float> values)
    {
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(values);
        return Vector512.Create(lower, upper);
    }
}
