using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <content>The loop for narrower vectors, as there are half the registers: two maps, eight sums in registers.</content>
internal static partial class JeffreysTile
{
    internal static void Narrow(
        ChunkRows anchors, ReadOnlySpan<int> four, ChunkRows maps, int map, ReadOnlySpan<int> chunks, Span<float> sums) =>
        NarrowLoop(
            ref MemoryMarshal.GetReference(maps.Row(map)),
            ref MemoryMarshal.GetReference(maps.Row(map + 1)),
            ref MemoryMarshal.GetReference(anchors.Row(four[0])),
            ref MemoryMarshal.GetReference(anchors.Row(four[1])),
            ref MemoryMarshal.GetReference(anchors.Row(four[2])),
            ref MemoryMarshal.GetReference(anchors.Row(four[3])),
            maps.ChunkStride,
            anchors.ChunkStride,
            ref MemoryMarshal.GetReference(chunks),
            chunks.Length,
            ref MemoryMarshal.GetReference(sums[..14]));

    // A method of its own: beside the checks of the spans, the compiler would keep the rows on the stack.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void NarrowLoop(
        ref float y0,
        ref float y1,
        ref float a,
        ref float b,
        ref float c,
        ref float d,
        int mapStride,
        int anchorStride,
        ref int chunks,
        int count,
        ref float sums)
    {
        Vector256<float> a0 = Vector256<float>.Zero;
        Vector256<float> a1 = a0;
        Vector256<float> b0 = a0;
        Vector256<float> b1 = a0;
        Vector256<float> c0 = a0;
        Vector256<float> c1 = a0;
        Vector256<float> d0 = a0;
        Vector256<float> d1 = a0;
        for (int n = 0; n < count; n++)
        {
            nuint i = (nuint)(Unsafe.Add(ref chunks, n) * mapStride);
            nuint j = (nuint)(Unsafe.Add(ref chunks, n) * anchorStride);
            for (nuint end = i + ChunkRows.Length; i < end; i += (nuint)Vector256<float>.Count, j += (nuint)Vector256<float>.Count)
            {
                Vector256<float> v0 = Vector256.LoadUnsafe(ref y0, i);
                Vector256<float> log0 = Vector256.LoadUnsafe(ref y0, i + ChunkRows.Length);
                Vector256<float> v1 = Vector256.LoadUnsafe(ref y1, i);
                Vector256<float> log1 = Vector256.LoadUnsafe(ref y1, i + ChunkRows.Length);

                Vector256<float> x = Vector256.LoadUnsafe(ref a, j);
                Vector256<float> log = Vector256.LoadUnsafe(ref a, j + ChunkRows.Length);
                a0 = Vector256.MultiplyAddEstimate(x - v0, log - log0, a0);
                a1 = Vector256.MultiplyAddEstimate(x - v1, log - log1, a1);

                x = Vector256.LoadUnsafe(ref b, j);
                log = Vector256.LoadUnsafe(ref b, j + ChunkRows.Length);
                b0 = Vector256.MultiplyAddEstimate(x - v0, log - log0, b0);
                b1 = Vector256.MultiplyAddEstimate(x - v1, log - log1, b1);

                x = Vector256.LoadUnsafe(ref c, j);
                log = Vector256.LoadUnsafe(ref c, j + ChunkRows.Length);
                c0 = Vector256.MultiplyAddEstimate(x - v0, log - log0, c0);
                c1 = Vector256.MultiplyAddEstimate(x - v1, log - log1, c1);

                x = Vector256.LoadUnsafe(ref d, j);
                log = Vector256.LoadUnsafe(ref d, j + ChunkRows.Length);
                d0 = Vector256.MultiplyAddEstimate(x - v0, log - log0, d0);
                d1 = Vector256.MultiplyAddEstimate(x - v1, log - log1, d1);
            }
        }

        sums = Vector256.Sum(a0);
        Unsafe.Add(ref sums, 1) = Vector256.Sum(a1);
        Unsafe.Add(ref sums, 4) = Vector256.Sum(b0);
        Unsafe.Add(ref sums, 5) = Vector256.Sum(b1);
        Unsafe.Add(ref sums, 8) = Vector256.Sum(c0);
        Unsafe.Add(ref sums, 9) = Vector256.Sum(c1);
        Unsafe.Add(ref sums, 12) = Vector256.Sum(d0);
        Unsafe.Add(ref sums, 13) = Vector256.Sum(d1);
    }
}
