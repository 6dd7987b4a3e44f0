using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>
/// The hot loop of the merging: sums of (x - y)(ln x - ln y) of one map y against four anchors x at a time, over cached
/// logarithms. Twice the distance of section 3.3 of the paper.
/// </summary>
/// <remarks>
/// A matrix product in all but the operation. Against the product form H(x) + H(y) - x ln y - y ln x it costs one
/// subtraction more per element and gains: every term is at least 0, so a partial sum bounds the whole from below and
/// the loop can stop early; the rounding error is relative to the distance itself; and D(x, x) is exactly 0.
/// </remarks>
internal static class JeffreysSums
{
    /// <summary>Anchors per call.</summary>
    public const int Group = 4;

    /// <summary>Adds one stretch of the sums of four anchors.</summary>
    /// <param name="map">Values of y; a multiple of 16.</param>
    /// <param name="mapLog">Their logarithms, of equal length.</param>
    /// <param name="anchors">Values of all anchors.</param>
    /// <param name="anchorLogs">Their logarithms.</param>
    /// <param name="starts">Where the stretch starts for each of the four anchors; repeats are allowed.</param>
    /// <param name="sums">The four results.</param>
    public static void Four(
        ReadOnlySpan<float> map,
        ReadOnlySpan<float> mapLog,
        ReadOnlySpan<float> anchors,
        ReadOnlySpan<float> anchorLogs,
        ReadOnlySpan<int> starts,
        Span<float> sums)
    {
        if (Lanes.Vectorised)
        {
            FourVector(map, mapLog, anchors, anchorLogs, starts, sums);
        }
        else
        {
            FourScalar(map, mapLog, anchors, anchorLogs, starts, sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void FourVector(
        ReadOnlySpan<float> map,
        ReadOnlySpan<float> mapLog,
        ReadOnlySpan<float> anchors,
        ReadOnlySpan<float> anchorLogs,
        ReadOnlySpan<int> starts,
        Span<float> sums)
    {
        ref float y = ref MemoryMarshal.GetReference(map);
        ref float logY = ref MemoryMarshal.GetReference(mapLog);
        ref float a = ref Unsafe.AsRef(in anchors[starts[0]]);
        ref float b = ref Unsafe.AsRef(in anchors[starts[1]]);
        ref float c = ref Unsafe.AsRef(in anchors[starts[2]]);
        ref float d = ref Unsafe.AsRef(in anchors[starts[3]]);
        ref float logA = ref Unsafe.AsRef(in anchorLogs[starts[0]]);
        ref float logB = ref Unsafe.AsRef(in anchorLogs[starts[1]]);
        ref float logC = ref Unsafe.AsRef(in anchorLogs[starts[2]]);
        ref float logD = ref Unsafe.AsRef(in anchorLogs[starts[3]]);
        Vector512<float> sumA = Vector512<float>.Zero;
        Vector512<float> sumB = sumA;
        Vector512<float> sumC = sumA;
        Vector512<float> sumD = sumA;
        for (nuint i = 0; i < (nuint)map.Length; i += Lanes.Count)
        {
            Vector512<float> value = Vector512.LoadUnsafe(ref y, i);
            Vector512<float> log = Vector512.LoadUnsafe(ref logY, i);
            sumA += (Vector512.LoadUnsafe(ref a, i) - value) * (Vector512.LoadUnsafe(ref logA, i) - log);
            sumB += (Vector512.LoadUnsafe(ref b, i) - value) * (Vector512.LoadUnsafe(ref logB, i) - log);
            sumC += (Vector512.LoadUnsafe(ref c, i) - value) * (Vector512.LoadUnsafe(ref logC, i) - log);
            sumD += (Vector512.LoadUnsafe(ref d, i) - value) * (Vector512.LoadUnsafe(ref logD, i) - log);
        }

        sums[0] = Lanes.Reduce(sumA);
        sums[1] = Lanes.Reduce(sumB);
        sums[2] = Lanes.Reduce(sumC);
        sums[3] = Lanes.Reduce(sumD);
    }

    internal static void FourScalar(
        ReadOnlySpan<float> map,
        ReadOnlySpan<float> mapLog,
        ReadOnlySpan<float> anchors,
        ReadOnlySpan<float> anchorLogs,
        ReadOnlySpan<int> starts,
        Span<float> sums)
    {
        Span<float> lanes = stackalloc float[Lanes.Count];
        for (int k = 0; k < Group; k++)
        {
            ReadOnlySpan<float> anchor = anchors.Slice(starts[k], map.Length);
            ReadOnlySpan<float> anchorLog = anchorLogs.Slice(starts[k], map.Length);
            lanes.Clear();
            for (int i = 0; i < map.Length; i += Lanes.Count)
            {
                for (int lane = 0; lane < Lanes.Count; lane++)
                {
                    lanes[lane] += (anchor[i + lane] - map[i + lane]) * (anchorLog[i + lane] - mapLog[i + lane]);
                }
            }

            sums[k] = Lanes.Reduce(lanes);
        }
    }
}
