using System.Numerics;
using System.Numerics.Tensors;
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
    /// <param name="rows">The first row's first column; 64 columns of each chosen row are read.</param>
    /// <param name="stride">Distance between rows.</param>
    /// <param name="destination">The sums of 64 columns.</param>
    public static void Sum(ulong chosen, ReadOnlySpan<float> rows, int stride, Span<float> destination)
    {
        if (Lanes.Vectorised)
        {
            SumVector(chosen, rows, stride, destination[..Columns]);
        }
        else
        {
            SumScalar(chosen, rows, stride, destination[..Columns]);
        }
    }

    /// <summary>Adds to each row of sums the row that was chosen for it.</summary>
    /// <param name="choices">For each row of sums which row to add; below 0 for none.</param>
    /// <param name="rows">The rows to choose from, one after the other.</param>
    /// <param name="sums">The rows to add to, one after the other.</param>
    /// <param name="columns">Columns of each row.</param>
    public static void AddChosen(ReadOnlySpan<int> choices, ReadOnlySpan<float> rows, Span<float> sums, int columns)
    {
        for (int i = 0; i < choices.Length; i++)
        {
            if (choices[i] >= 0)
            {
                Span<float> sum = sums.Slice(i * columns, columns);
                TensorPrimitives.Add(sum, rows.Slice(choices[i] * columns, columns), sum);
            }
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
