using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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

    /// <summary>The sums of one stretch of tokens or cells.</summary>
    /// <param name="anchors">Values and logarithms of the anchors.</param>
    /// <param name="four">Four of them; repeats are allowed.</param>
    /// <param name="maps">Values and logarithms of the maps, padded as the anchors' are.</param>
    /// <param name="map">The first of four neighbouring maps.</param>
    /// <param name="start">Where the stretch starts, in every row.</param>
    /// <param name="length">Its length; a multiple of 16.</param>
    /// <param name="sums">Sixteen results: anchor k and map m at 4 k + m.</param>
    public static void Sums(
        LogRows anchors, ReadOnlySpan<int> four, LogRows maps, int map, int start, int length, Span<float> sums)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Wide(anchors, four, maps, map, start, length, sums);
        }
        else if (Lanes.Vectorised)
        {
            Narrow(anchors, four, maps, map, start, length, sums);
            Narrow(anchors, four, maps, map + 2, start, length, sums[2..]);
        }
        else
        {
            Scalar(anchors, four, maps, map, start, length, sums);
        }
    }

    internal static void Wide(
        LogRows anchors, ReadOnlySpan<int> four, LogRows maps, int map, int start, int length, Span<float> sums) =>
        WideLoop(
            ref First(maps.Both(map), start, length),
            ref First(maps.Both(map + 1), start, length),
            ref First(maps.Both(map + 2), start, length),
            ref First(maps.Both(map + 3), start, length),
            ref First(anchors.Both(four[0]), start, length),
            ref First(anchors.Both(four[1]), start, length),
            ref First(anchors.Both(four[2]), start, length),
            ref First(anchors.Both(four[3]), start, length),
            (nuint)maps.Padded,
            (nuint)length,
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
        nuint logs,
        nuint length,
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

        // One register for the place of the values and one for that of the logarithms, as there are not sixteen for the rows.
        nuint j = logs;
        for (nuint i = 0; i < length; i += Lanes.Count, j += Lanes.Count)
        {
            Vector512<float> v0 = Vector512.LoadUnsafe(ref y0, i);
            Vector512<float> log0 = Vector512.LoadUnsafe(ref y0, j);
            Vector512<float> v1 = Vector512.LoadUnsafe(ref y1, i);
            Vector512<float> log1 = Vector512.LoadUnsafe(ref y1, j);
            Vector512<float> v2 = Vector512.LoadUnsafe(ref y2, i);
            Vector512<float> log2 = Vector512.LoadUnsafe(ref y2, j);
            Vector512<float> v3 = Vector512.LoadUnsafe(ref y3, i);
            Vector512<float> log3 = Vector512.LoadUnsafe(ref y3, j);

            Vector512<float> x = Vector512.LoadUnsafe(ref a, i);
            Vector512<float> log = Vector512.LoadUnsafe(ref a, j);
            a0 = Vector512.MultiplyAddEstimate(x - v0, log - log0, a0);
            a1 = Vector512.MultiplyAddEstimate(x - v1, log - log1, a1);
            a2 = Vector512.MultiplyAddEstimate(x - v2, log - log2, a2);
            a3 = Vector512.MultiplyAddEstimate(x - v3, log - log3, a3);

            x = Vector512.LoadUnsafe(ref b, i);
            log = Vector512.LoadUnsafe(ref b, j);
            b0 = Vector512.MultiplyAddEstimate(x - v0, log - log0, b0);
            b1 = Vector512.MultiplyAddEstimate(x - v1, log - log1, b1);
            b2 = Vector512.MultiplyAddEstimate(x - v2, log - log2, b2);
            b3 = Vector512.MultiplyAddEstimate(x - v3, log - log3, b3);

            x = Vector512.LoadUnsafe(ref c, i);
            log = Vector512.LoadUnsafe(ref c, j);
            c0 = Vector512.MultiplyAddEstimate(x - v0, log - log0, c0);
            c1 = Vector512.MultiplyAddEstimate(x - v1, log - log1, c1);
            c2 = Vector512.MultiplyAddEstimate(x - v2, log - log2, c2);
            c3 = Vector512.MultiplyAddEstimate(x - v3, log - log3, c3);

            x = Vector512.LoadUnsafe(ref d, i);
            log = Vector512.LoadUnsafe(ref d, j);
            d0 = Vector512.MultiplyAddEstimate(x - v0, log - log0, d0);
            d1 = Vector512.MultiplyAddEstimate(x - v1, log - log1, d1);
            d2 = Vector512.MultiplyAddEstimate(x - v2, log - log2, d2);
            d3 = Vector512.MultiplyAddEstimate(x - v3, log - log3, d3);
        }

        sums = Vector512.Sum(a0);
        Unsafe.Add(ref sums, 1) = Vector512.Sum(a1);
        Unsafe.Add(ref sums, 2) = Vector512.Sum(a2);
        Unsafe.Add(ref sums, 3) = Vector512.Sum(a3);
        Unsafe.Add(ref sums, 4) = Vector512.Sum(b0);
        Unsafe.Add(ref sums, 5) = Vector512.Sum(b1);
        Unsafe.Add(ref sums, 6) = Vector512.Sum(b2);
        Unsafe.Add(ref sums, 7) = Vector512.Sum(b3);
        Unsafe.Add(ref sums, 8) = Vector512.Sum(c0);
        Unsafe.Add(ref sums, 9) = Vector512.Sum(c1);
        Unsafe.Add(ref sums, 10) = Vector512.Sum(c2);
        Unsafe.Add(ref sums, 11) = Vector512.Sum(c3);
        Unsafe.Add(ref sums, 12) = Vector512.Sum(d0);
        Unsafe.Add(ref sums, 13) = Vector512.Sum(d1);
        Unsafe.Add(ref sums, 14) = Vector512.Sum(d2);
        Unsafe.Add(ref sums, 15) = Vector512.Sum(d3);
    }

    internal static void Narrow(
        LogRows anchors, ReadOnlySpan<int> four, LogRows maps, int map, int start, int length, Span<float> sums) =>
        NarrowLoop(
            ref First(maps.Both(map), start, length),
            ref First(maps.Both(map + 1), start, length),
            ref First(anchors.Both(four[0]), start, length),
            ref First(anchors.Both(four[1]), start, length),
            ref First(anchors.Both(four[2]), start, length),
            ref First(anchors.Both(four[3]), start, length),
            (nuint)maps.Padded,
            (nuint)length,
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
        nuint logs,
        nuint length,
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
        nuint j = logs;
        for (nuint i = 0; i < length; i += (nuint)Vector256<float>.Count, j += (nuint)Vector256<float>.Count)
        {
            Vector256<float> v0 = Vector256.LoadUnsafe(ref y0, i);
            Vector256<float> log0 = Vector256.LoadUnsafe(ref y0, j);
            Vector256<float> v1 = Vector256.LoadUnsafe(ref y1, i);
            Vector256<float> log1 = Vector256.LoadUnsafe(ref y1, j);

            Vector256<float> x = Vector256.LoadUnsafe(ref a, i);
            Vector256<float> log = Vector256.LoadUnsafe(ref a, j);
            a0 = Vector256.MultiplyAddEstimate(x - v0, log - log0, a0);
            a1 = Vector256.MultiplyAddEstimate(x - v1, log - log1, a1);

            x = Vector256.LoadUnsafe(ref b, i);
            log = Vector256.LoadUnsafe(ref b, j);
            b0 = Vector256.MultiplyAddEstimate(x - v0, log - log0, b0);
            b1 = Vector256.MultiplyAddEstimate(x - v1, log - log1, b1);

            x = Vector256.LoadUnsafe(ref c, i);
            log = Vector256.LoadUnsafe(ref c, j);
            c0 = Vector256.MultiplyAddEstimate(x - v0, log - log0, c0);
            c1 = Vector256.MultiplyAddEstimate(x - v1, log - log1, c1);

            x = Vector256.LoadUnsafe(ref d, i);
            log = Vector256.LoadUnsafe(ref d, j);
            d0 = Vector256.MultiplyAddEstimate(x - v0, log - log0, d0);
            d1 = Vector256.MultiplyAddEstimate(x - v1, log - log1, d1);
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
        LogRows anchors, ReadOnlySpan<int> four, LogRows maps, int map, int start, int length, Span<float> sums)
    {
        Span<float> lanes = stackalloc float[Lanes.Count];
        for (int result = 0; result < Anchors * Maps; result++)
        {
            int anchor = four[result / Maps];
            ReadOnlySpan<float> x = anchors.Values(anchor).Slice(start, length);
            ReadOnlySpan<float> logX = anchors.Logs(anchor).Slice(start, length);
            ReadOnlySpan<float> y = maps.Values(map + (result % Maps)).Slice(start, length);
            ReadOnlySpan<float> logY = maps.Logs(map + (result % Maps)).Slice(start, length);
            lanes.Clear();
            for (int i = 0; i < x.Length; i++)
            {
                lanes[i % Lanes.Count] += (x[i] - y[i]) * (logX[i] - logY[i]);
            }

            sums[result] = Lanes.Reduce(lanes);
        }
    }

    // Values from start on, whose logarithms lie half the row further.
    private static ref float First(Span<float> both, int start, int length) =>
        ref MemoryMarshal.GetReference(both.Slice(start, (both.Length / 2) + length));
}
