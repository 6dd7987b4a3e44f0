using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>base + above + (below - above) * weight: one row of a bilinear resampling, added to what is there.</summary>
/// <remarks>Every operation is rounded by itself; positions do not mix, so that vector width makes no difference.</remarks>
internal static class RowBlend
{
    /// <summary>Blends two rows and adds them to a third.</summary>
    /// <param name="above">The row above.</param>
    /// <param name="below">The row below.</param>
    /// <param name="weight">Weight of the row below, in [0, 1].</param>
    /// <param name="added">The row to add them to.</param>
    /// <param name="destination">The result; its length counts, the others are at least as long.</param>
    public static void Add(
        ReadOnlySpan<float> above, ReadOnlySpan<float> below, float weight, ReadOnlySpan<float> added, Span<float> destination)
    {
        int done = 0;
        if (Lanes.Vectorised)
        {
            done = destination.Length / Lanes.Count * Lanes.Count;
            Vector(above[..done], below[..done], weight, added[..done], destination[..done]);
        }

        Scalar(above[done..], below[done..], weight, added[done..], destination[done..]);
    }

    internal static void Scalar(
        ReadOnlySpan<float> above, ReadOnlySpan<float> below, float weight, ReadOnlySpan<float> added, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = added[i] + (above[i] + ((below[i] - above[i]) * weight));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Vector(
        ReadOnlySpan<float> above, ReadOnlySpan<float> below, float weight, ReadOnlySpan<float> added, Span<float> destination)
    {
        ref float upper = ref MemoryMarshal.GetReference(above);
        ref float lower = ref MemoryMarshal.GetReference(below);
        ref float summand = ref MemoryMarshal.GetReference(added);
        ref float target = ref MemoryMarshal.GetReference(destination);
        for (int i = 0; i < destination.Length; i += Lanes.Count)
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref upper, (nuint)i);
            Vector512<float> blend = a + ((Vector512.LoadUnsafe(ref lower, (nuint)i) - a) * weight);
            (Vector512.LoadUnsafe(ref summand, (nuint)i) + blend).StoreUnsafe(ref target, (nuint)i);
        }
    }
}
