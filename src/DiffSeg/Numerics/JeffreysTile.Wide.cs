using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <content>The loop for 512-bit vectors: four maps, sixteen sums in registers.</content>
internal static partial class JeffreysTile
{
    internal static void Wide(
        ChunkRows anchors, ReadOnlySpan<int> four, ChunkRows maps, int map, ReadOnlySpan<int> chunks, Span<float> sums) =>
        WideLoop(
            ref MemoryMarshal.GetReference(maps.Row(map)),
            ref MemoryMarshal.GetReference(maps.Row(map + 1)),
            ref MemoryMarshal.GetReference(maps.Row(map + 2)),
            ref MemoryMarshal.GetReference(maps.Row(map + 3)),
            ref MemoryMarshal.GetReference(anchors.Row(four[0])),
            ref MemoryMarshal.GetReference(anchors.Row(four[1])),
            ref MemoryMarshal.GetReference(anchors.Row(four[2])),
            ref MemoryMarshal.GetReference(anchors.Row(four[3])),
            maps.ChunkStride,
            anchors.ChunkStride,
            ref MemoryMarshal.GetReference(chunks),
            chunks.Length,
            ref MemoryMarshal.GetReference(sums[..16]));

    // A method of its own: beside the checks of the spans, the compiler would keep the rows on the stack.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void WideLoop(
        ref float y0,
        ref float y1,
        ref float y2,
        ref float y3,
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
        Vector512<float> a0 = Vector512<float>.Zero;
        Vector512<float> a1 = a0;
        Vector512<float> a2 = a0;
        Vector512<float> a3 = a0;
        Vector512<float> b0 = a0;
        Vector512<float> b1 = a0;
        Vector512<float> b2 = a0;
        Vector512<float> b3 = a0;
        Vector512<float> c0 = a0;
        Vector512<float> c1 = a0;
        Vector512<float> c2 = a0;
        Vector512<float> c3 = a0;
        Vector512<float> d0 = a0;
        Vector512<float> d1 = a0;
        Vector512<float> d2 = a0;
        Vector512<float> d3 = a0;

        // Places as indices, one for the maps and one for the anchors, as there are not sixteen registers for the rows.
        for (int n = 0; n < count; n++)
        {
            nuint i = (nuint)(Unsafe.Add(ref chunks, n) * mapStride);
            nuint j = (nuint)(Unsafe.Add(ref chunks, n) * anchorStride);
            for (nuint end = i + ChunkRows.Length; i < end; i += Lanes.Count, j += Lanes.Count)
            {
                Vector512<float> v0 = Vector512.LoadUnsafe(ref y0, i);
                Vector512<float> log0 = Vector512.LoadUnsafe(ref y0, i + ChunkRows.Length);
                Vector512<float> v1 = Vector512.LoadUnsafe(ref y1, i);
                Vector512<float> log1 = Vector512.LoadUnsafe(ref y1, i + ChunkRows.Length);
                Vector512<float> v2 = Vector512.LoadUnsafe(ref y2, i);
                Vector512<float> log2 = Vector512.LoadUnsafe(ref y2, i + ChunkRows.Length);
                Vector512<float> v3 = Vector512.LoadUnsafe(ref y3, i);
                Vector512<float> log3 = Vector512.LoadUnsafe(ref y3, i + ChunkRows.Length);

                Vector512<float> x = Vector512.LoadUnsafe(ref a, j);
                Vector512<float> log = Vector512.LoadUnsafe(ref a, j + ChunkRows.Length);
                a0 = Vector512.MultiplyAddEstimate(x - v0, log - log0, a0);
                a1 = Vector512.MultiplyAddEstimate(x - v1, log - log1, a1);
                a2 = Vector512.MultiplyAddEstimate(x - v2, log - log2, a2);
                a3 = Vector512.MultiplyAddEstimate(x - v3, log - log3, a3);

                x = Vector512.LoadUnsafe(ref b, j);
                log = Vector512.LoadUnsafe(ref b, j + ChunkRows.Length);
                b0 = Vector512.MultiplyAddEstimate(x - v0, log - log0, b0);
                b1 = Vector512.MultiplyAddEstimate(x - v1, log - log1, b1);
                b2 = Vector512.MultiplyAddEstimate(x - v2, log - log2, b2);
                b3 = Vector512.MultiplyAddEstimate(x - v3, log - log3, b3);

                x = Vector512.LoadUnsafe(ref c, j);
                log = Vector512.LoadUnsafe(ref c, j + ChunkRows.Length);
                c0 = Vector512.MultiplyAddEstimate(x - v0, log - log0, c0);
                c1 = Vector512.MultiplyAddEstimate(x - v1, log - log1, c1);
                c2 = Vector512.MultiplyAddEstimate(x - v2, log - log2, c2);
                c3 = Vector512.MultiplyAddEstimate(x - v3, log - log3, c3);

                x = Vector512.LoadUnsafe(ref d, j);
                log = Vector512.LoadUnsafe(ref d, j + ChunkRows.Length);
                d0 = Vector512.MultiplyAddEstimate(x - v0, log - log0, d0);
                d1 = Vector512.MultiplyAddEstimate(x - v1, log - log1, d1);
                d2 = Vector512.MultiplyAddEstimate(x - v2, log - log2, d2);
                d3 = Vector512.MultiplyAddEstimate(x - v3, log - log3, d3);
            }
        }

        sums = Lanes.Reduce(a0);
        Unsafe.Add(ref sums, 1) = Lanes.Reduce(a1);
        Unsafe.Add(ref sums, 2) = Lanes.Reduce(a2);
        Unsafe.Add(ref sums, 3) = Lanes.Reduce(a3);
        Unsafe.Add(ref sums, 4) = Lanes.Reduce(b0);
        Unsafe.Add(ref sums, 5) = Lanes.Reduce(b1);
        Unsafe.Add(ref sums, 6) = Lanes.Reduce(b2);
        Unsafe.Add(ref sums, 7) = Lanes.Reduce(b3);
        Unsafe.Add(ref sums, 8) = Lanes.Reduce(c0);
        Unsafe.Add(ref sums, 9) = Lanes.Reduce(c1);
        Unsafe.Add(ref sums, 10) = Lanes.Reduce(c2);
        Unsafe.Add(ref sums, 11) = Lanes.Reduce(c3);
        Unsafe.Add(ref sums, 12) = Lanes.Reduce(d0);
        Unsafe.Add(ref sums, 13) = Lanes.Reduce(d1);
        Unsafe.Add(ref sums, 14) = Lanes.Reduce(d2);
        Unsafe.Add(ref sums, 15) = Lanes.Reduce(d3);
    }
}
