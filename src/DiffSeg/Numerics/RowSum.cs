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
    public static float Of(ReadOnlySpan<float> row) => Lanes.Vectorised ? Vector(row) : Scalar(row);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float Vector(ReadOnlySpan<float> row)
    {
        ref float first = ref MemoryMarshal.GetReference(row);
        Vector512<float> lanes = Vector512<float>.Zero;
        int i = 0;
        for (; i <= row.Length - Lanes.Count; i += Lanes.Count)
        {
            lanes += Vector512.LoadUnsafe(ref first, (nuint)i);
        }

        if (i < row.Length)
        {
            // The rest, filled up with zeros: adding 0 changes no lane.
            Span<float> rest = stackalloc float[Lanes.Count];
            rest.Clear();
            row[i..].CopyTo(rest);
            lanes += Vector512.Create<float>(rest);
        }

        return Lanes.Reduce(lanes);
    }

    internal static float Scalar(ReadOnlySpan<float> row)
    {
        Span<float> lanes = stackalloc float[Lanes.Count];
        lanes.Clear();
        for (int i = 0; i < row.Length; i++)
        {
            lanes[i % Lanes.Count] += row[i];
        }

        return Lanes.Reduce(lanes);
    }
}
