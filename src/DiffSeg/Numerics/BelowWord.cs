using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>Compares 64 sums with two limits: one bit per sum.</summary>
internal static class BelowWord
{
    /// <summary>Sums per word.</summary>
    public const int Length = 64;

    /// <summary>Which sums are below the lower limit, and which are neither below it nor above the upper one.</summary>
    /// <param name="sums">64 sums; infinite ones are above any limit.</param>
    /// <param name="lower">The lower limit.</param>
    /// <param name="upper">The upper limit.</param>
    /// <returns>Bit i stands for sum i.</returns>
    public static (ulong Below, ulong Open) Of(ReadOnlySpan<float> sums, float lower, float upper) =>
        Lanes.Vectorised ? Vector(sums, lower, upper) : Scalar(sums, lower, upper);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (ulong Below, ulong Open) Vector(ReadOnlySpan<float> sums, float lower, float upper)
    {
        ref float first = ref MemoryMarshal.GetReference(sums[..Length]);
        Vector512<float> low = Vector512.Create(lower);
        Vector512<float> high = Vector512.Create(upper);
        ulong below = 0;
        ulong above = 0;
        for (int i = 0; i < Length; i += Lanes.Count)
        {
            Vector512<float> sum = Vector512.LoadUnsafe(ref first, (nuint)i);
            below |= Vector512.LessThan(sum, low).ExtractMostSignificantBits() << i;
            above |= (Vector512.GreaterThan(sum, high) | Vector512.Equals(sum, Vector512.Create(float.PositiveInfinity)))
                .ExtractMostSignificantBits() << i;
        }

        return (below, ~(below | above));
    }

    internal static (ulong Below, ulong Open) Scalar(ReadOnlySpan<float> sums, float lower, float upper)
    {
        ulong below = 0;
        ulong above = 0;
        for (int i = 0; i < Length; i++)
        {
            below |= sums[i] < lower ? 1UL << i : 0;
            above |= sums[i] > upper || float.IsPositiveInfinity(sums[i]) ? 1UL << i : 0;
        }

        return (below, ~(below | above));
    }
}
