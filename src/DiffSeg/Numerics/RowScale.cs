using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DiffSeg;

/// <summary>row * factor + base.</summary>
/// <remarks>Product and sum are rounded one after the other, as everywhere where values become a result.</remarks>
internal static class RowScale
{
    private const int CacheLine = 64;

    /// <summary>A result beyond this is out of the caches before anyone reads it.</summary>
    private const long CachedBytes = 16 << 20;

    /// <summary>Writes one row of a result.</summary>
    /// <param name="row">The row; may be the destination.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="added">The base, as long as the row.</param>
    /// <param name="destination">As long as the row.</param>
    /// <param name="next">The row that is read next.</param>
    /// <param name="resultLength">Values of the whole result, which say whether caches can keep it.</param>
    public static void Write(
        ReadOnlySpan<float> row,
        float factor,
        ReadOnlySpan<float> added,
        Span<float> destination,
        ReadOnlySpan<float> next,
        long resultLength)
    {
        if (resultLength * sizeof(float) > CachedBytes)
        {
            Stream(row, factor, added, destination, next);
        }
        else
        {
            Store(row, factor, added, destination);
        }
    }

    /// <summary>Writes row * factor + base to a destination that the caches need not keep.</summary>
    /// <param name="row">The row; may be the destination.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="added">The base, as long as the row.</param>
    /// <param name="destination">As long as the row.</param>
    /// <param name="next">The row that is read next, to be fetched meanwhile; empty for none.</param>
    /// <remarks>
    /// An ordinary store first reads the line it writes, a third of the traffic of a copy; a streaming store does not. And
    /// while a row is written from the cache, memory would have nothing to read: the next row is asked for line by line.
    /// Both together run at the speed of a memory copy.
    /// </remarks>
    public static unsafe void Stream(
        ReadOnlySpan<float> row, float factor, ReadOnlySpan<float> added, Span<float> destination, ReadOnlySpan<float> next)
    {
        if (!Lanes.Vectorised)
        {
            Scalar(row, factor, added, destination);
            return;
        }

        fixed (float* target = destination)
        {
            // Rows of an array begin anywhere; streaming stores want whole cache lines.
            int start = Math.Min(row.Length, (int)(-(nint)target & (CacheLine - 1)) / sizeof(float));
            int end = start + ((row.Length - start) / Lanes.Count * Lanes.Count);
            Scalar(row[..start], factor, added, destination);
            StreamLines(row[start..end], factor, added[start..], target + start, next);
            Scalar(row[end..], factor, added[end..], destination[end..]);
        }
    }

    /// <summary>Writes row * factor + base to a destination that is read soon.</summary>
    /// <param name="row">The row; may be the destination.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="added">The base, as long as the row.</param>
    /// <param name="destination">As long as the row.</param>
    public static void Store(ReadOnlySpan<float> row, float factor, ReadOnlySpan<float> added, Span<float> destination)
    {
        int done = 0;
        if (Lanes.Vectorised)
        {
            done = row.Length / Lanes.Count * Lanes.Count;
            Vector(row[..done], factor, added, destination);
        }

        Scalar(row[done..], factor, added[done..], destination[done..]);
    }

    internal static void Scalar(ReadOnlySpan<float> row, float factor, ReadOnlySpan<float> added, Span<float> destination)
    {
        for (int i = 0; i < row.Length; i++)
        {
            destination[i] = (row[i] * factor) + added[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Vector(ReadOnlySpan<float> row, float factor, ReadOnlySpan<float> added, Span<float> destination)
    {
        ref float source = ref MemoryMarshal.GetReference(row);
        ref float summand = ref MemoryMarshal.GetReference(added);
        ref float target = ref MemoryMarshal.GetReference(destination);
        for (int i = 0; i < row.Length; i += Lanes.Count)
        {
            Vector512<float> product = Vector512.LoadUnsafe(ref source, (nuint)i) * factor;
            (product + Vector512.LoadUnsafe(ref summand, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void StreamLines(
        ReadOnlySpan<float> row, float factor, ReadOnlySpan<float> added, float* target, ReadOnlySpan<float> next)
    {
        ref float source = ref MemoryMarshal.GetReference(row);
        ref float summand = ref MemoryMarshal.GetReference(added);
        fixed (float* coming = next)
        {
            // Asking for an address that is not there does no harm.
            for (int i = 0; i < row.Length; i += Lanes.Count)
            {
                if (Sse.IsSupported)
                {
                    Sse.Prefetch0(coming + i);
                }

                Vector512<float> product = Vector512.LoadUnsafe(ref source, (nuint)i) * factor;
                (product + Vector512.LoadUnsafe(ref summand, (nuint)i)).StoreAlignedNonTemporal(target + i);
            }
        }
    }
}
