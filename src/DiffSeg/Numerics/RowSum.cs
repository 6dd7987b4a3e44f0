using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>The sum of a row, in the order of <see cref="Lanes"/>.</summary>
internal static class RowSum
{
    /// <summary>Sums the row.</summary>
    /// <param name="row">Any length.</param>
    /// <returns>The sum; NaN and infinity go through.</returns>
    public static float Of(ReadOnlySpan<float> row) => Of(row, out _);

    /// <summary>Sums the row and looks for negative values, which a sum can hide.</summary>
    /// <param name="row">Any length.</param>
    /// <param name="negative">Whether a value is below 0 (-0 is not); undefined where the sum is NaN.</param>
    /// <returns>The sum; NaN and infinity go through.</returns>
    /// <remarks>
    /// A sum that is finite and above 0, of values none of which is negative, is that of good attention: one pass both
    /// checks a map and prepares its normalisation.
    /// </remarks>
    public static float Of(ReadOnlySpan<float> row, out bool negative) =>
        Lanes.Vectorised ? Vector(row, out negative) : Scalar(row, out negative);

    internal static float Vector(ReadOnlySpan<float> row, out bool negative)
    {
        int whole = row.Length / Lanes.Count * Lanes.Count;
        Vector512<float> lanes = Whole(row[..whole], out Vector512<float> lowest);
        if (whole < row.Length)
        {
            // The rest, filled up with zeros: adding 0 changes no lane.
            Span<float> rest = stackalloc float[Lanes.Count];
            rest.Clear();
            row[whole..].CopyTo(rest);
            Vector512<float> values = Vector512.Create<float>(rest);
            lanes += values;
            lowest = Vector512.MinNative(lowest, values);
        }

        negative = Vector512.LessThanAny(lowest, Vector512<float>.Zero);
        return Lanes.Reduce(lanes);
    }

    internal static float Scalar(ReadOnlySpan<float> row, out bool negative)
    {
        Span<float> lanes = stackalloc float[Lanes.Count];
        lanes.Clear();
        negative = false;
        for (int i = 0; i < row.Length; i++)
        {
            lanes[i % Lanes.Count] += row[i];
            negative |= row[i] < 0;
        }

        return Lanes.Reduce(lanes);
    }

    // A method of its own: across a call, even one after the loop, the vectors would live in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Vector512<float> Whole(ReadOnlySpan<float> row, out Vector512<float> lowest)
    {
        ref float first = ref MemoryMarshal.GetReference(row);
        Vector512<float> lanes = Vector512<float>.Zero;
        Vector512<float> least = Vector512<float>.Zero;
        for (int i = 0; i < row.Length; i += Lanes.Count)
        {
            Vector512<float> values = Vector512.LoadUnsafe(ref first, (nuint)i);
            lanes += values;
            least = Vector512.MinNative(least, values);
        }

        lowest = least;
        return lanes;
    }
}
