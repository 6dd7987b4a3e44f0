using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>Whether one row lies above another everywhere.</summary>
internal static class Dominance
{
    /// <summary>Whether every value exceeds the other row's by more than a margin.</summary>
    /// <param name="row">The row that may lie above.</param>
    /// <param name="other">The other row, of equal length.</param>
    /// <param name="margin">The margin.</param>
    /// <returns>False as soon as one value does not, NaN included; true for empty rows.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Exceeds(ReadOnlySpan<float> row, ReadOnlySpan<float> other, float margin)
    {
        int whole = 0;
        if (Lanes.Vectorised)
        {
            whole = row.Length - (row.Length % Lanes.Count);
            if (whole > 0 && !ExceedsVector(row[..whole], other, margin))
            {
                return false;
            }
        }

        return ExceedsScalar(row[whole..], other[whole..], margin);
    }

    internal static bool ExceedsVector(ReadOnlySpan<float> row, ReadOnlySpan<float> other, float margin)
    {
        ref float x = ref MemoryMarshal.GetReference(row);
        ref float y = ref MemoryMarshal.GetReference(other);
        Vector512<float> least = Vector512.Create(margin);
        for (nuint i = 0; i < (nuint)row.Length; i += Lanes.Count)
        {
            if (!Vector512.GreaterThanAll(Vector512.LoadUnsafe(ref x, i) - Vector512.LoadUnsafe(ref y, i), least))
            {
                return false;
            }
        }

        return true;
    }

    internal static bool ExceedsScalar(ReadOnlySpan<float> row, ReadOnlySpan<float> other, float margin)
    {
        for (int i = 0; i < row.Length; i++)
        {
            if (!(row[i] - other[i] > margin))
            {
                return false;
            }
        }

        return true;
    }
}
