using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>Whether a window of a map lies below limits everywhere.</summary>
internal static class Dominance
{
    /// <summary>Whether every value of a window lies below its limit.</summary>
    /// <param name="values">From the window's first value on, at least to its last.</param>
    /// <param name="stride">Distance of the window's rows.</param>
    /// <param name="limits">The limits, row after row without gaps; a whole number of rows.</param>
    /// <param name="width">Values per row, at least 1.</param>
    /// <returns>False as soon as one value does not, NaN included.</returns>
    public static bool Below(ReadOnlySpan<float> values, int stride, ReadOnlySpan<float> limits, int width) =>
        Lanes.Vectorised && width >= Lanes.Count
            ? BelowVector(values, stride, limits, width)
            : BelowScalar(values, stride, limits, width);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool BelowVector(ReadOnlySpan<float> values, int stride, ReadOnlySpan<float> limits, int width)
    {
        ref float limit = ref MemoryMarshal.GetReference(limits);
        int start = 0;
        for (int row = 0; row < limits.Length; row += width, start += stride)
        {
            ref float value = ref MemoryMarshal.GetReference(values.Slice(start, width));
            for (int x = 0; x < width; x += Lanes.Count)
            {
                // The last vector of a row may overlap the one before.
                int i = Math.Min(x, width - Lanes.Count);
                if (!Vector512.LessThanAll(
                    Vector512.LoadUnsafe(ref value, (nuint)i), Vector512.LoadUnsafe(ref limit, (nuint)(row + i))))
                {
                    return false;
                }
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool BelowScalar(ReadOnlySpan<float> values, int stride, ReadOnlySpan<float> limits, int width)
    {
        int start = 0;
        for (int row = 0; row < limits.Length; row += width, start += stride)
        {
            for (int x = 0; x < width; x++)
            {
                if (!(values[start + x] < limits[row + x]))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
