using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>Sums of chosen rows: the product of a sparse 0/1 matrix with rows that lie one after the other.</summary>
/// <remarks>
/// Each column is summed by itself, in the order of the choices, so that vector width makes no difference.
/// </remarks>
internal static class RowSums
{
    /// <summary>Columns of each row.</summary>
    public const int Columns = 16 * Lanes.Count;

    private const int Step = 4 * Lanes.Count;

    /// <summary>The sums of chosen rows.</summary>
    /// <param name="choices">Which rows to add, those of the first sum before those of the second and so on.</param>
    /// <param name="ends">For each sum where its choices end.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="sums">The sums.</param>
    public static void Chosen(
        ReadOnlySpan<short> choices, ReadOnlySpan<int> ends, ReadOnlySpan<float> rows, Span<float> sums)
    {
        sums = sums[..(ends.Length * Columns)];
        if (Lanes.Vectorised)
        {
            ChosenVector(choices, ends, rows, sums);
        }
        else
        {
            ChosenScalar(choices, ends, rows, sums);
        }
    }

    /// <summary>Adds to each sum the row that was chosen for it.</summary>
    /// <param name="choices">For each sum which row to add; below 0 for none.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="sums">The sums.</param>
    public static void AddChosen(ReadOnlySpan<int> choices, ReadOnlySpan<float> rows, Span<float> sums)
    {
        sums = sums[..(choices.Length * Columns)];
        if (Lanes.Vectorised)
        {
            AddChosenVector(choices, rows, sums);
        }
        else
        {
            AddChosenScalar(choices, rows, sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void ChosenVector(
        ReadOnlySpan<short> choices, ReadOnlySpan<int> ends, ReadOnlySpan<float> rows, Span<float> sums)
    {
        ref float first = ref MemoryMarshal.GetReference(rows);
        ref float target = ref MemoryMarshal.GetReference(sums);
        int start = 0;
        foreach (int end in ends)
        {
            for (int column = 0; column < Columns; column += Step)
            {
                Vector512<float> a = Vector512<float>.Zero;
                Vector512<float> b = a;
                Vector512<float> c = a;
                Vector512<float> d = a;
                for (int i = start; i < end; i++)
                {
                    ref float row = ref Unsafe.Add(ref first, (choices[i] * Columns) + column);
                    a += Vector512.LoadUnsafe(ref row);
                    b += Vector512.LoadUnsafe(ref row, 1 * Lanes.Count);
                    c += Vector512.LoadUnsafe(ref row, 2 * Lanes.Count);
                    d += Vector512.LoadUnsafe(ref row, 3 * Lanes.Count);
                }

                a.StoreUnsafe(ref target);
                b.StoreUnsafe(ref target, 1 * Lanes.Count);
                c.StoreUnsafe(ref target, 2 * Lanes.Count);
                d.StoreUnsafe(ref target, 3 * Lanes.Count);
                target = ref Unsafe.Add(ref target, Step);
            }

            start = end;
        }
    }

    internal static void ChosenScalar(
        ReadOnlySpan<short> choices, ReadOnlySpan<int> ends, ReadOnlySpan<float> rows, Span<float> sums)
    {
        sums.Clear();
        int start = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            foreach (short choice in choices[start..ends[i]])
            {
                AddScalar(rows.Slice(choice * Columns, Columns), sums.Slice(i * Columns, Columns));
            }

            start = ends[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddChosenVector(ReadOnlySpan<int> choices, ReadOnlySpan<float> rows, Span<float> sums)
    {
        ref float first = ref MemoryMarshal.GetReference(rows);
        ref float sum = ref MemoryMarshal.GetReference(sums);
        foreach (int choice in choices)
        {
            if (choice >= 0)
            {
                ref float row = ref Unsafe.Add(ref first, choice * Columns);
                for (nuint i = 0; i < Columns; i += Lanes.Count)
                {
                    (Vector512.LoadUnsafe(ref sum, i) + Vector512.LoadUnsafe(ref row, i)).StoreUnsafe(ref sum, i);
                }
            }

            sum = ref Unsafe.Add(ref sum, Columns);
        }
    }

    internal static void AddChosenScalar(ReadOnlySpan<int> choices, ReadOnlySpan<float> rows, Span<float> sums)
    {
        for (int i = 0; i < choices.Length; i++)
        {
            if (choices[i] >= 0)
            {
                AddScalar(rows.Slice(choices[i] * Columns, Columns), sums.Slice(i * Columns, Columns));
            }
        }
    }

    private static void AddScalar(ReadOnlySpan<float> row, Span<float> sum)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += row[i];
        }
    }
}
