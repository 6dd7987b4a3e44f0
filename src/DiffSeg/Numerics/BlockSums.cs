using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>Sums of rows chosen by bits: the product of a sparse 0/1 matrix with a block of rows.</summary>
/// <remarks>
/// Each column is summed by itself, in the order of the rows, so that vector width makes no difference.
/// </remarks>
internal static class BlockSums
{
    /// <summary>Columns per call.</summary>
    public const int Columns = 4 * Lanes.Count;

    /// <summary>The sum of the rows whose bit is set.</summary>
    /// <param name="chosen">Bit i chooses row i.</param>
    /// <param name="rows">The first row's first column.</param>
    /// <param name="stride">Distance between rows.</param>
    /// <param name="destination">The sums; 64 columns, or fewer at the right edge.</param>
    public static void Sum(ulong chosen, ReadOnlySpan<float> rows, int stride, Span<float> destination)
    {
        if (Lanes.Vectorised && destination.Length == Columns)
        {
            SumVector(chosen, rows, stride, destination);
        }
        else
        {
            SumScalar(chosen, rows, stride, destination);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SumVector(ulong chosen, ReadOnlySpan<float> rows, int stride, Span<float> destination)
    {
        ref float first = ref MemoryMarshal.GetReference(rows);
        Vector512<float> a = Vector512<float>.Zero;
        Vector512<float> b = a;
        Vector512<float> c = a;
        Vector512<float> d = a;
        for (; chosen != 0; chosen &= chosen - 1)
        {
            ref float row = ref Unsafe.Add(ref first, BitOperations.TrailingZeroCount(chosen) * stride);
            a += Vector512.LoadUnsafe(ref row);
            b += Vector512.LoadUnsafe(ref row, 1 * Lanes.Count);
            c += Vector512.LoadUnsafe(ref row, 2 * Lanes.Count);
            d += Vector512.LoadUnsafe(ref row, 3 * Lanes.Count);
        }

        ref float target = ref MemoryMarshal.GetReference(destination);
        a.StoreUnsafe(ref target);
        b.StoreUnsafe(ref target, 1 * Lanes.Count);
        c.StoreUnsafe(ref target, 2 * Lanes.Count);
        d.StoreUnsafe(ref target, 3 * Lanes.Count);
    }

    internal static void SumScalar(ulong chosen, ReadOnlySpan<float> rows, int stride, Span<float> destination)
    {
        destination.Clear();
        for (; chosen != 0; chosen &= chosen - 1)
        {
            ReadOnlySpan<float> row = rows.Slice(BitOperations.TrailingZeroCount(chosen) * stride, destination.Length);
            for (int i = 0; i < row.Length; i++)
            {
                destination[i] += row[i];
            }
        }
    }
}
