using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DiffSeg;

/// <summary>Sums of chosen rows: the product of a sparse 0/1 matrix with rows that lie one after the other.</summary>
/// <remarks>
/// Each column is summed by itself, in the order of the choices, so that vector width makes no difference.
/// </remarks>
internal static class RowSums
{
    /// <summary>Columns of each row.</summary>
    public const int Columns = 8 * Lanes.Count;

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

    /// <summary>Asks for values that will be read soon.</summary>
    /// <param name="values">The values.</param>
    public static unsafe void Prefetch(ReadOnlySpan<float> values)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        ref float first = ref MemoryMarshal.GetReference(values);
        for (int i = 0; i < values.Length; i += Lanes.Count)
        {
            Sse.Prefetch1(Unsafe.AsPointer(ref Unsafe.Add(ref first, i)));
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
            Vector512<float> a = Vector512<float>.Zero;
            Vector512<float> b = a;
            Vector512<float> c = a;
            Vector512<float> d = a;
            Vector512<float> e = a;
            Vector512<float> f = a;
            Vector512<float> g = a;
            Vector512<float> h = a;
            foreach (short choice in choices[start..end])
            {
                ref float row = ref Unsafe.Add(ref first, choice * Columns);
                a += Vector512.LoadUnsafe(ref row);
                b += Vector512.LoadUnsafe(ref row, 1 * Lanes.Count);
                c += Vector512.LoadUnsafe(ref row, 2 * Lanes.Count);
                d += Vector512.LoadUnsafe(ref row, 3 * Lanes.Count);
                e += Vector512.LoadUnsafe(ref row, 4 * Lanes.Count);
                f += Vector512.LoadUnsafe(ref row, 5 * Lanes.Count);
                g += Vector512.LoadUnsafe(ref row, 6 * Lanes.Count);
                h += Vector512.LoadUnsafe(ref row, 7 * Lanes.Count);
            }

            a.StoreUnsafe(ref target);
            b.StoreUnsafe(ref target, 1 * Lanes.Count);
            c.StoreUnsafe(ref target, 2 * Lanes.Count);
            d.StoreUnsafe(ref target, 3 * Lanes.Count);
            e.StoreUnsafe(ref target, 4 * Lanes.Count);
            f.StoreUnsafe(ref target, 5 * Lanes.Count);
            g.StoreUnsafe(ref target, 6 * Lanes.Count);
            h.StoreUnsafe(ref target, 7 * Lanes.Count);
            target = ref Unsafe.Add(ref target, Columns);
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
