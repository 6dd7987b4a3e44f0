using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>The natural logarithm of positive normal numbers in single precision, for bounds and first looks.</summary>
/// <remarks>
/// x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)), ln(1 + f) by the polynomial of the Cephes library, and ln 2 split in
/// two. Off by at most 2 units in the last place; ln 1 is 0. A multiply-add is fused where the machine can, so the last bit
/// depends on the machine, but no decision does (see <see cref="JeffreysDistance.Uncertainty"/>).
/// </remarks>
internal static class FastLog
{
    private const int SqrtHalfBits = 0x3F3504F3;
    private const int MantissaBits = 0x007FFFFF;

    /// <summary>The logarithms of values.</summary>
    /// <param name="values">Positive normal numbers; a whole number of vectors of 16.</param>
    /// <param name="logs">As many logarithms.</param>
    public static void Of(ReadOnlySpan<float> values, Span<float> logs)
    {
        if (Lanes.Vectorised)
        {
            OfVectors(values, logs[..values.Length]);
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            logs[i] = MathF.Log(values[i]);
        }
    }

    /// <summary>Sixteen logarithms.</summary>
    /// <param name="x">Positive normal numbers.</param>
    /// <returns>Their natural logarithms.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> x)
    {
        Vector512<int> bits = x.AsInt32() - Vector512.Create(SqrtHalfBits);
        Vector512<float> k = Vector512.ConvertToSingle(bits >> 23);
        Vector512<float> f = ((bits & Vector512.Create(MantissaBits)) + Vector512.Create(SqrtHalfBits)).AsSingle()
            - Vector512<float>.One;
        Vector512<float> z = f * f;
        Vector512<float> y = Vector512.Create(7.0376836292E-2f);
        y = Vector512.MultiplyAddEstimate(y, f, Vector512.Create(-1.1514610310E-1f));
        y = Vector512.MultiplyAddEstimate(y, f, Vector512.Create(1.1676998740E-1f));
        y = Vector512.MultiplyAddEstimate(y, f, Vector512.Create(-1.2420140846E-1f));
        y = Vector512.MultiplyAddEstimate(y, f, Vector512.Create(1.4249322787E-1f));
        y = Vector512.MultiplyAddEstimate(y, f, Vector512.Create(-1.6668057665E-1f));
        y = Vector512.MultiplyAddEstimate(y, f, Vector512.Create(2.0000714765E-1f));
        y = Vector512.MultiplyAddEstimate(y, f, Vector512.Create(-2.4999993993E-1f));
        y = Vector512.MultiplyAddEstimate(y, f, Vector512.Create(3.3333331174E-1f));
        y = Vector512.MultiplyAddEstimate(k, Vector512.Create(-2.12194440E-4f), y * f * z);
        y = Vector512.MultiplyAddEstimate(z, Vector512.Create(-0.5f), y);
        return Vector512.MultiplyAddEstimate(k, Vector512.Create(0.693359375f), f + y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OfVectors(ReadOnlySpan<float> values, Span<float> logs)
    {
        ref float from = ref MemoryMarshal.GetReference(values);
        ref float to = ref MemoryMarshal.GetReference(logs);
        for (nuint i = 0; i < (nuint)values.Length; i += Lanes.Count)
        {
            Of(Vector512.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        }
    }
}
