using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DiffSeg;

/// <summary>
/// The hot loop of the merging: sums of (x - y)(ln x - ln y) of four maps y against four anchors x, over cached
/// logarithms. Twice the distance of section 3.3 of the paper.
/// </summary>
/// <remarks>
/// <para>
/// A tile of a matrix product in all but the operation. Against the product form H(x) + H(y) - x ln y - y ln x it costs
/// one subtraction more per element and gains: every term is at least 0, so a partial sum bounds the whole from below
/// and the caller can stop early; the rounding error is relative to the distance itself; and D(x, x) is exactly 0.
/// </para>
/// <para>
/// Sixteen sums need 16 loads per 16 elements in place of 64, half of them of anchors from the second-level cache, whose
/// speed is the limit. Processors without 512-bit vectors have half the registers, too: there two maps at a time. A
/// multiply-add is fused where the machine can: the last bits of these sums depend on the machine, but no decision does
/// (see <see cref="JeffreysDistance.Uncertainty"/>).
/// </para>
/// </remarks>
internal static class JeffreysTile
{
    /// <summary>Anchors per tile.</summary>
    public const int Anchors = 4;

    /// <summary>Maps per tile.</summary>
    public const int Maps = 4;

    /// <summary>The sums over some chunks.</summary>
    /// <param name="anchors">Values and logarithms of the anchors.</param>
    /// <param name="four">Four of them; repeats are allowed.</param>
    /// <param name="maps">Values and logarithms of the maps, as many chunks.</param>
    /// <param name="map">The first of four neighbouring maps.</param>
    /// <param name="chunks">Which chunks.</param>
    /// <param name="sums">Sixteen results: anchor k and map m at 4 k + m.</param>
    public static void Sums(
        ChunkRows anchors, ReadOnlySpan<int> four, ChunkRows maps, int map, ReadOnlySpan<int> chunks, Span<float> sums)
    {
        Check(anchors, maps, chunks);
        if (Vector512.IsHardwareAccelerated)
        {
            Wide(anchors, four, maps, map, chunks, sums);
        }
        else if (Lanes.Vectorised)
        {
            Narrow(anchors, four, maps, map, chunks, sums);
            Narrow(anchors, four, maps, map + 2, chunks, sums[2..]);
        }
        else
        {
            Scalar(anchors, four, maps, map, chunks, sums);
        }
    }

    /// <summary>
    /// Asks for chunks that will be summed next: rows read here and there come too late otherwise.
    /// </summary>
    /// <param name="anchors">Values and logarithms of the anchors.</param>
    /// <param name="four">Four of them.</param>
    /// <param name="chunks">Which chunks.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Prefetch(ChunkRows anchors, ReadOnlySpan<int> four, ReadOnlySpan<int> chunks)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        foreach (int anchor in four)
        {
            ref float row = ref MemoryMarshal.GetReference(anchors.Row(anchor));
            foreach (int chunk in chunks)
            {
                float* first = (float*)Unsafe.AsPointer(ref Unsafe.Add(ref row, chunk * anchors.ChunkStride));
                for (int i = 0; i < 2 * ChunkRows.Length; i += Lanes.Count)
                {
                    Sse.Prefetch0(first + i);
                }
            }
        }
    }

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

    internal static void Scalar(
        ChunkRows anchors, ReadOnlySpan<int> four, ChunkRows maps, int map, ReadOnlySpan<int> chunks, Span<float> sums)
    {
        Span<float> lanes = stackalloc float[Lanes.Count];
        for (int result = 0; result < Anchors * Maps; result++)
        {
            int anchor = four[result / Maps];
            int other = map + (result % Maps);
            lanes.Clear();
            foreach (int chunk in chunks)
            {
                ReadOnlySpan<float> x = anchors.Values(anchor, chunk);
                ReadOnlySpan<float> logX = anchors.Logs(anchor, chunk);
                ReadOnlySpan<float> y = maps.Values(other, chunk);
                ReadOnlySpan<float> logY = maps.Logs(other, chunk);
                for (int i = 0; i < x.Length; i++)
                {
                    lanes[i % Lanes.Count] += (x[i] - y[i]) * (logX[i] - logY[i]);
                }
            }

            sums[result] = Lanes.Reduce(lanes);
        }
    }

    /// <summary>No loop reads beyond a row.</summary>
    private static void Check(ChunkRows anchors, ChunkRows maps, ReadOnlySpan<int> chunks)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(anchors.Chunks, maps.Chunks);
        foreach (int chunk in chunks)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)chunk, (uint)maps.Chunks);
        }
    }
}
