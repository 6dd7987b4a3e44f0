using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>The hot loop of k-means: products of one row with four centres at a time.</summary>
/// <remarks>
/// A multiply-add is fused where the machine can: the last bits depend on the machine, but no decision does (see
/// <see cref="Error"/>).
/// </remarks>
internal static class DotProducts
{
    /// <summary>Centres per call.</summary>
    public const int Group = 4;

    /// <summary>The products of a row with four centres.</summary>
    /// <param name="row">The row; any length.</param>
    /// <param name="centres">All centres, each of the row's length.</param>
    /// <param name="chosen">Four centres; repeats are allowed.</param>
    /// <param name="products">The four results.</param>
    public static void Four(
        ReadOnlySpan<float> row, ReadOnlySpan<float> centres, ReadOnlySpan<int> chosen, Span<float> products)
    {
        if (Lanes.Vectorised)
        {
            FourVector(row, centres, chosen, products);
        }
        else
        {
            FourScalar(row, centres, chosen, products);
        }
    }

    /// <summary>How far a product of rows that are not negative may be off.</summary>
    /// <param name="product">The product.</param>
    /// <param name="length">The rows' length.</param>
    /// <returns>The bound.</returns>
    /// <remarks>
    /// One rounding per product, one per addition to a lane, 4 among the lanes; twice that for good measure. 2^-149 is what a
    /// product below the normal numbers may lose.
    /// </remarks>
    public static double Error(float product, int length) =>
        (2 * ((length / Lanes.Count) + 8) * Math.ScaleB(1, -24) * product) + (length * Math.ScaleB(1, -149));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void FourVector(
        ReadOnlySpan<float> row, ReadOnlySpan<float> centres, ReadOnlySpan<int> chosen, Span<float> products)
    {
        ref float x = ref MemoryMarshal.GetReference(row);
        ref float a = ref First(centres, chosen[0], row.Length);
        ref float b = ref First(centres, chosen[1], row.Length);
        ref float c = ref First(centres, chosen[2], row.Length);
        ref float d = ref First(centres, chosen[3], row.Length);
        Vector512<float> sumA = Vector512<float>.Zero;
        Vector512<float> sumB = sumA;
        Vector512<float> sumC = sumA;
        Vector512<float> sumD = sumA;
        int whole = row.Length - (row.Length % Lanes.Count);
        for (nuint i = 0; i < (nuint)whole; i += Lanes.Count)
        {
            Vector512<float> value = Vector512.LoadUnsafe(ref x, i);
            sumA = Vector512.MultiplyAddEstimate(value, Vector512.LoadUnsafe(ref a, i), sumA);
            sumB = Vector512.MultiplyAddEstimate(value, Vector512.LoadUnsafe(ref b, i), sumB);
            sumC = Vector512.MultiplyAddEstimate(value, Vector512.LoadUnsafe(ref c, i), sumC);
            sumD = Vector512.MultiplyAddEstimate(value, Vector512.LoadUnsafe(ref d, i), sumD);
        }

        if (whole < row.Length)
        {
            Vector512<float> value = Rest(row[whole..]);
            sumA = Vector512.MultiplyAddEstimate(value, Rest(centres.Slice((chosen[0] * row.Length) + whole, row.Length - whole)), sumA);
            sumB = Vector512.MultiplyAddEstimate(value, Rest(centres.Slice((chosen[1] * row.Length) + whole, row.Length - whole)), sumB);
            sumC = Vector512.MultiplyAddEstimate(value, Rest(centres.Slice((chosen[2] * row.Length) + whole, row.Length - whole)), sumC);
            sumD = Vector512.MultiplyAddEstimate(value, Rest(centres.Slice((chosen[3] * row.Length) + whole, row.Length - whole)), sumD);
        }

        products[0] = Lanes.Reduce(sumA);
        products[1] = Lanes.Reduce(sumB);
        products[2] = Lanes.Reduce(sumC);
        products[3] = Lanes.Reduce(sumD);
    }

    internal static void FourScalar(
        ReadOnlySpan<float> row, ReadOnlySpan<float> centres, ReadOnlySpan<int> chosen, Span<float> products)
    {
        Span<float> lanes = stackalloc float[Lanes.Count];
        for (int k = 0; k < Group; k++)
        {
            ReadOnlySpan<float> centre = centres.Slice(chosen[k] * row.Length, row.Length);
            lanes.Clear();
            for (int i = 0; i < row.Length; i++)
            {
                lanes[i % Lanes.Count] += row[i] * centre[i];
            }

            products[k] = Lanes.Reduce(lanes);
        }
    }

    private static ref float First(ReadOnlySpan<float> centres, int centre, int length) =>
        ref Unsafe.AsRef(in centres.Slice(centre * length, length)[0]);

    // The last values of a row, filled up with zeros.
    private static Vector512<float> Rest(ReadOnlySpan<float> values)
    {
        Span<float> filled = stackalloc float[Lanes.Count];
        filled.Clear();
        values.CopyTo(filled);
        return Vector512.Create<float>(filled);
    }
}
