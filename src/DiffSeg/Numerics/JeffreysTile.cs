using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>
/// The hot loop of the merging: sums of (x - y)(ln x - ln y) of two maps y against four anchors x, over cached
/// logarithms. Twice the distance of section 3.3 of the paper.
/// </summary>
/// <remarks>
/// <para>
/// A tile of a matrix product in all but the operation. Against the product form H(x) + H(y) - x ln y - y ln x it costs
/// one subtraction more per element and gains: every term is at least 0, so a partial sum bounds the whole from below
/// and the caller can stop early; the rounding error is relative to the distance itself; and D(x, x) is exactly 0.
/// </para>
/// <para>
/// Eight sums need 12 loads per 16 elements in place of 32. A multiply-add is fused where the machine can: the last bits
/// of these sums depend on the machine, but no decision does (see <see cref="JeffreysDistance.Uncertainty"/>).
/// </para>
/// </remarks>
internal static class JeffreysTile
{
    /// <summary>Anchors per tile.</summary>
    public const int Anchors = 4;

    /// <summary>Maps per tile.</summary>
    public const int Maps = 2;

    /// <summary>The sums of one stretch of tokens or cells.</summary>
    /// <param name="anchors">Values and logarithms of the anchors.</param>
    /// <param name="four">Four of them; repeats are allowed.</param>
    /// <param name="maps">Values and logarithms of the maps.</param>
    /// <param name="map">The first of two neighbouring maps.</param>
    /// <param name="start">Where the stretch starts, in every row.</param>
    /// <param name="length">Its length; a multiple of 16.</param>
    /// <param name="sums">Eight results: anchor k and map m at 2 k + m.</param>
    public static void Sums(
        LogRows anchors, ReadOnlySpan<int> four, LogRows maps, int map, int start, int length, Span<float> sums)
    {
        if (Lanes.Vectorised)
        {
            Vector(anchors, four, maps, map, start, length, sums);
        }
        else
        {
            Scalar(anchors, four, maps, map, start, length, sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Vector(
        LogRows anchors, ReadOnlySpan<int> four, LogRows maps, int map, int start, int length, Span<float> sums)
    {
        ref float y0 = ref First(maps.Both(map), start, length);
        ref float y1 = ref First(maps.Both(map + 1), start, length);
        ref float a = ref First(anchors.Both(four[0]), start, length);
        ref float b = ref First(anchors.Both(four[1]), start, length);
        ref float c = ref First(anchors.Both(four[2]), start, length);
        ref float d = ref First(anchors.Both(four[3]), start, length);
        Vector512<float> a0 = Vector512<float>.Zero;
        Vector512<float> a1 = a0;
        Vector512<float> b0 = a0;
        Vector512<float> b1 = a0;
        Vector512<float> c0 = a0;
        Vector512<float> c1 = a0;
        Vector512<float> d0 = a0;
        Vector512<float> d1 = a0;

        // One register for the place of the values and one for that of the logarithms: with twelve registers for rows the
        // processor would run out of them.
        nuint j = (nuint)maps.Padded;
        for (nuint i = 0; i < (nuint)length; i += Lanes.Count, j += Lanes.Count)
        {
            Vector512<float> v0 = Vector512.LoadUnsafe(ref y0, i);
            Vector512<float> v1 = Vector512.LoadUnsafe(ref y1, i);
            Vector512<float> log0 = Vector512.LoadUnsafe(ref y0, j);
            Vector512<float> log1 = Vector512.LoadUnsafe(ref y1, j);

            Vector512<float> x = Vector512.LoadUnsafe(ref a, i);
            Vector512<float> log = Vector512.LoadUnsafe(ref a, j);
            a0 = Vector512.MultiplyAddEstimate(x - v0, log - log0, a0);
            a1 = Vector512.MultiplyAddEstimate(x - v1, log - log1, a1);
            x = Vector512.LoadUnsafe(ref b, i);
            log = Vector512.LoadUnsafe(ref b, j);
            b0 = Vector512.MultiplyAddEstimate(x - v0, log - log0, b0);
            b1 = Vector512.MultiplyAddEstimate(x - v1, log - log1, b1);
            x = Vector512.LoadUnsafe(ref c, i);
            log = Vector512.LoadUnsafe(ref c, j);
            c0 = Vector512.MultiplyAddEstimate(x - v0, log - log0, c0);
            c1 = Vector512.MultiplyAddEstimate(x - v1, log - log1, c1);
            x = Vector512.LoadUnsafe(ref d, i);
            log = Vector512.LoadUnsafe(ref d, j);
            d0 = Vector512.MultiplyAddEstimate(x - v0, log - log0, d0);
            d1 = Vector512.MultiplyAddEstimate(x - v1, log - log1, d1);
        }

        sums[7] = Vector512.Sum(d1);
        sums[0] = Vector512.Sum(a0);
        sums[1] = Vector512.Sum(a1);
        sums[2] = Vector512.Sum(b0);
        sums[3] = Vector512.Sum(b1);
        sums[4] = Vector512.Sum(c0);
        sums[5] = Vector512.Sum(c1);
        sums[6] = Vector512.Sum(d0);
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
