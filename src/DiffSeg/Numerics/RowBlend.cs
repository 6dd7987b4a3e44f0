using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>
/// base + (a + (b - a) * weight), where a and b are rows of a map: a map resampled along its rows, added to what is there.
/// </summary>
/// <remarks>Every operation is rounded by itself; positions do not mix, so that vector width makes no difference.</remarks>
internal static class RowBlend
{
    /// <summary>Blends pairs of rows and adds each to a row of another map.</summary>
    /// <param name="rows">Rows of the map to resample, one after the other.</param>
    /// <param name="width">Values of a row.</param>
    /// <param name="lower">Index of a for each output row.</param>
    /// <param name="upper">Index of b for each output row.</param>
    /// <param name="weight">Weight of b for each output row, in [0, 1].</param>
    /// <param name="added">The rows to add them to, one after the other; as many as output rows.</param>
    /// <param name="destination">The output rows, one after the other.</param>
    public static void Add(
        ReadOnlySpan<float> rows,
        int width,
        ReadOnlySpan<int> lower,
        ReadOnlySpan<int> upper,
        ReadOnlySpan<float> weight,
        ReadOnlySpan<float> added,
        Span<float> destination)
    {
        int whole = Lanes.Vectorised ? width / Lanes.Count * Lanes.Count : 0;
        for (int y = 0; y < destination.Length / width; y++)
        {
            ReadOnlySpan<float> a = rows.Slice(lower[y] * width, width);
            ReadOnlySpan<float> b = rows.Slice(upper[y] * width, width);
            ReadOnlySpan<float> summand = added.Slice(y * width, width);
            Span<float> target = destination.Slice(y * width, width);
            Vector(a[..whole], b[..whole], weight[y], summand[..whole], target[..whole]);
            if (whole < width)
            {
                Scalar(a[whole..], b[whole..], weight[y], summand[whole..], target[whole..]);
            }
        }
    }

    internal static void Scalar(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, float weight, ReadOnlySpan<float> added, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = added[i] + (a[i] + ((b[i] - a[i]) * weight));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Vector(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, float weight, ReadOnlySpan<float> added, Span<float> destination)
    {
        ref float first = ref MemoryMarshal.GetReference(a);
        ref float second = ref MemoryMarshal.GetReference(b);
        ref float summand = ref MemoryMarshal.GetReference(added);
        ref float target = ref MemoryMarshal.GetReference(destination);
        for (int i = 0; i < destination.Length; i += Lanes.Count)
        {
            Vector512<float> values = Vector512.LoadUnsafe(ref first, (nuint)i);
            Vector512<float> blend = values + ((Vector512.LoadUnsafe(ref second, (nuint)i) - values) * weight);
            (Vector512.LoadUnsafe(ref summand, (nuint)i) + blend).StoreUnsafe(ref target, (nuint)i);
        }
    }
}
