using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>The natural logarithm of positive normal numbers in double precision, the same bits on every machine.</summary>
/// <remarks>
/// x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)). With s = f / (2 + f), ln(1 + f) = 2 atanh(s) = f - f^2 / 2 +
/// s (f^2 / 2 + R(s^2)), R being the polynomial of Sun's fdlibm, and ln 2 is split in two. Off by less than one unit in
/// the last place. (Math.Log is the C library's, which differs from system to system.)
/// </remarks>
internal static class AccurateLog
{
    private const long SqrtHalfBits = 0x3FE6A09E667F3BCD;
    private const long MantissaBits = 0x000FFFFFFFFFFFFF;
    private const double Ln2Upper = 6.93147180369123816490e-01;
    private const double Ln2Lower = 1.90821492927058770002e-10;
    private const double R1 = 6.666666666666735130e-01;
    private const double R2 = 3.999999999940941908e-01;
    private const double R3 = 2.857142874366239149e-01;
    private const double R4 = 2.222219843214978396e-01;
    private const double R5 = 1.818357216161805012e-01;
    private const double R6 = 1.531383769920937332e-01;
    private const double R7 = 1.479819860511658591e-01;

    /// <summary>Eight logarithms.</summary>
    /// <param name="x">Positive normal numbers.</param>
    /// <returns>Their natural logarithms.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> x)
    {
        Vector512<long> bits = x.AsInt64() - Vector512.Create(SqrtHalfBits);
        Vector512<double> k = Vector512.ConvertToDouble(bits >> 52);
        Vector512<double> f = ((bits & Vector512.Create(MantissaBits)) + Vector512.Create(SqrtHalfBits)).AsDouble()
            - Vector512<double>.One;
        Vector512<double> s = f / (Vector512.Create(2.0) + f);
        Vector512<double> z = s * s;
        Vector512<double> w = z * z;
        Vector512<double> even = w * (Vector512.Create(R2) + (w * (Vector512.Create(R4) + (w * Vector512.Create(R6)))));
        Vector512<double> odd = z * (Vector512.Create(R1)
            + (w * (Vector512.Create(R3) + (w * (Vector512.Create(R5) + (w * Vector512.Create(R7)))))));
        Vector512<double> half = Vector512.Create(0.5) * f * f;
        return (k * Vector512.Create(Ln2Upper))
            - (half - ((s * (half + (even + odd))) + (k * Vector512.Create(Ln2Lower))) - f);
    }

    /// <summary>The scalar twin of <see cref="Of(Vector512{double})"/>.</summary>
    /// <param name="x">A positive normal number.</param>
    /// <returns>Its natural logarithm.</returns>
    public static double Of(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x) - SqrtHalfBits;
        double k = bits >> 52;
        double f = BitConverter.Int64BitsToDouble((bits & MantissaBits) + SqrtHalfBits) - 1;
        double s = f / (2 + f);
        double z = s * s;
        double w = z * z;
        double even = w * (R2 + (w * (R4 + (w * R6))));
        double odd = z * (R1 + (w * (R3 + (w * (R5 + (w * R7))))));
        double half = 0.5 * f * f;
        return (k * Ln2Upper) - (half - ((s * (half + (even + odd))) + (k * Ln2Lower)) - f);
    }
}
