using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>
/// The hot loop of the non-maximum suppression: interpolates one row between two and keeps, per column, the highest
/// value so far and whose it is.
/// </summary>
internal static class RunningMaximum
{
    /// <summary>Takes one proposal's row into account.</summary>
    /// <param name="above">The proposal's values on the token row above.</param>
    /// <param name="below">Its values on the token row below.</param>
    /// <param name="belowWeight">Weight of <paramref name="below"/>, in [0, 1).</param>
    /// <param name="proposal">The proposal's number.</param>
    /// <param name="best">Highest value so far per column; updated.</param>
    /// <param name="winner">The proposal it belongs to; updated where the new value is higher, not where it is equal.</param>
    public static void Update(
        ReadOnlySpan<float> above,
        ReadOnlySpan<float> below,
        float belowWeight,
        int proposal,
        Span<float> best,
        Span<int> winner)
    {
        int done = 0;
        if (Lanes.Vectorised)
        {
            done = best.Length - (best.Length % Lanes.Count);
            UpdateVector(above, below, belowWeight, proposal, best[..done], winner);
        }

        UpdateScalar(above[done..], below[done..], belowWeight, proposal, best[done..], winner[done..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void UpdateVector(
        ReadOnlySpan<float> above,
        ReadOnlySpan<float> below,
        float belowWeight,
        int proposal,
        Span<float> best,
        Span<int> winner)
    {
        ref float upper = ref MemoryMarshal.GetReference(above);
        ref float lower = ref MemoryMarshal.GetReference(below);
        ref float highest = ref MemoryMarshal.GetReference(best);
        ref int owner = ref MemoryMarshal.GetReference(winner);
        Vector512<float> weight = Vector512.Create(belowWeight);
        Vector512<int> number = Vector512.Create(proposal);
        for (nuint i = 0; i < (nuint)best.Length; i += Lanes.Count)
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref upper, i);
            Vector512<float> value = a + ((Vector512.LoadUnsafe(ref lower, i) - a) * weight);
            Vector512<float> before = Vector512.LoadUnsafe(ref highest, i);
            Vector512<float> higher = Vector512.GreaterThan(value, before);
            Vector512.ConditionalSelect(higher, value, before).StoreUnsafe(ref highest, i);
            Vector512.ConditionalSelect(higher.AsInt32(), number, Vector512.LoadUnsafe(ref owner, i))
                .StoreUnsafe(ref owner, i);
        }
    }

    internal static void UpdateScalar(
        ReadOnlySpan<float> above,
        ReadOnlySpan<float> below,
        float belowWeight,
        int proposal,
        Span<float> best,
        Span<int> winner)
    {
        for (int i = 0; i < best.Length; i++)
        {
            float value = above[i] + ((below[i] - above[i]) * belowWeight);
            if (value > best[i])
            {
                best[i] = value;
                winner[i] = proposal;
            }
        }
    }
}
