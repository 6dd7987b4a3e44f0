using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>The natural logarithm of a row of positive normal numbers, the same bits on every machine.</summary>
/// <remarks>
/// x = 2^e m with m in [sqrt(1/2), sqrt(2)); ln x = e ln 2 + ln m. With f = m - 1, ln m = f - f^2 / 2 + f^3 P(f), P being
/// the polynomial of Moshier's Cephes library, and ln 2 is split in two so that e ln 2 is exact in its upper part. Off
/// by at most 1.5 units in the last place.
/// </remarks>
internal static class NaturalLog
{
    private const int SqrtHalfBits = 0x3F3504F3;
    private const float Ln2Upper = 0.693359375f;
    private const float Ln2Lower = -2.12194440e-4f;
    private const float P0 = 7.0376836292e-2f;
    private const float P1 = -1.1514610310e-1f;
    private const float P2 = 1.1676998740e-1f;
    private const float P3 = -1.2420140846e-1f;
    private const float P4 = 1.4249322787e-1f;
    private const float P5 = -1.6668057665e-1f;
    private const float P6 = 2.0000714765e-1f;
    private const float P7 = -2.4999993993e-1f;
    private const float P8 = 3.3333331174e-1f;

    /// <summary>Takes the logarithm of every value.</summary>
    /// <param name="values">Positive normal numbers; a multiple of 16.</param>
    /// <param name="logs">The results, of equal length.</param>
    public static void Of(ReadOnlySpan<float> values, Span<float> logs)
    {
        if (Lanes.Vectorised)
        {
            Vector(values, logs);
        }
        else
        {
            for (int i = 0; i < values.Length; i++)
            {
                logs[i] = Scalar(values[i]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Vector(ReadOnlySpan<float> values, Span<float> logs)
    {
        ref float source = ref MemoryMarshal.GetReference(values);
        ref float target = ref MemoryMarshal.GetReference(logs);
        for (nuint i = 0; i < (nuint)logs.Length; i += Lanes.Count)
        {
            Vector512<int> bits = Vector512.LoadUnsafe(ref source, i).AsInt32() - Vector512.Create(SqrtHalfBits);
            Vector512<float> e = Vector512.ConvertToSingle(bits >> 23);
            Vector512<float> m = ((bits & Vector512.Create(0x007FFFFF)) + Vector512.Create(SqrtHalfBits)).AsSingle();
            Vector512<float> f = m - Vector512<float>.One;
            Vector512<float> square = f * f;
            Vector512<float> p = (Vector512.Create(P0) * f) + Vector512.Create(P1);
            p = (p * f) + Vector512.Create(P2);
            p = (p * f) + Vector512.Create(P3);
            p = (p * f) + Vector512.Create(P4);
            p = (p * f) + Vector512.Create(P5);
            p = (p * f) + Vector512.Create(P6);
            p = (p * f) + Vector512.Create(P7);
            p = (p * f) + Vector512.Create(P8);
            p = p * f * square;
            p += e * Vector512.Create(Ln2Lower);
            p -= Vector512.Create(0.5f) * square;
            (f + p + (e * Vector512.Create(Ln2Upper))).StoreUnsafe(ref target, i);
        }
    }

    internal static float Scalar(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value) - SqrtHalfBits;
        float e = bits >> 23;
        float f = BitConverter.Int32BitsToSingle((bits & 0x007FFFFF) + SqrtHalfBits) - 1;
        float square = f * f;
        float p = (P0 * f) + P1;
        p = (p * f) + P2;
        p = (p * f) + P3;
        p = (p * f) + P4;
        p = (p * f) + P5;
        p = (p * f) + P6;
        p = (p * f) + P7;
        p = (p * f) + P8;
        p = p * f * square;
        p += e * Ln2Lower;
        p -= 0.5f * square;
        return f + p + (e * Ln2Upper);
    }
}
