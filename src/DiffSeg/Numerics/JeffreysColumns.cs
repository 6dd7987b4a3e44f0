using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>
/// The first look at all anchors: as <see cref="JeffreysTile"/>, for short rows, with 32 anchors side by side in the lanes
/// so that nothing needs to be added up across them.
/// </summary>
internal static class JeffreysColumns
{
    /// <summary>Anchors per call.</summary>
    public const int Anchors = 2 * Lanes.Count;

    /// <summary>Which of 32 anchors have a sum within a limit, for each of two maps.</summary>
    /// <param name="anchors">Cell after cell, the value of all anchors.</param>
    /// <param name="anchorLogs">Their logarithms.</param>
    /// <param name="stride">Values from a cell to the next.</param>
    /// <param name="first">The first of the 32 anchors.</param>
    /// <param name="maps">Cells of the maps, beside their logarithms.</param>
    /// <param name="map">The first of two neighbouring maps.</param>
    /// <param name="limit">The limit, itself included. A sum of NaN is above it.</param>
    /// <returns>Bit i stands for anchor first + i.</returns>
    public static (uint One, uint Other) Within(
        ReadOnlySpan<float> anchors,
        ReadOnlySpan<float> anchorLogs,
        int stride,
        int first,
        LogRows maps,
        int map,
        float limit) =>
        Lanes.Vectorised
            ? Vector(anchors, anchorLogs, stride, first, maps, map, limit)
            : (Scalar(anchors, anchorLogs, stride, first, maps, map, limit),
                Scalar(anchors, anchorLogs, stride, first, maps, map + 1, limit));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (uint One, uint Other) Vector(
        ReadOnlySpan<float> anchors,
        ReadOnlySpan<float> anchorLogs,
        int stride,
        int first,
        LogRows maps,
        int map,
        float limit)
    {
        ref float a = ref MemoryMarshal.GetReference(anchors[first..]);
        ref float logA = ref MemoryMarshal.GetReference(anchorLogs[first..]);
        ReadOnlySpan<float> one = maps.Values(map)[..maps.Length];
        ReadOnlySpan<float> other = maps.Values(map + 1)[..one.Length];
        ReadOnlySpan<float> logOne = maps.Logs(map)[..one.Length];
        ReadOnlySpan<float> logOther = maps.Logs(map + 1)[..one.Length];
        Vector512<float> sum00 = Vector512<float>.Zero;
        Vector512<float> sum01 = sum00;
        Vector512<float> sum10 = sum00;
        Vector512<float> sum11 = sum00;
        nuint row = 0;
        for (int i = 0; i < one.Length; i++)
        {
            Vector512<float> x0 = Vector512.LoadUnsafe(ref a, row);
            Vector512<float> x1 = Vector512.LoadUnsafe(ref a, row + Lanes.Count);
            Vector512<float> log0 = Vector512.LoadUnsafe(ref logA, row);
            Vector512<float> log1 = Vector512.LoadUnsafe(ref logA, row + Lanes.Count);
            Vector512<float> y = Vector512.Create(one[i]);
            Vector512<float> log = Vector512.Create(logOne[i]);
            sum00 = Vector512.MultiplyAddEstimate(x0 - y, log0 - log, sum00);
            sum01 = Vector512.MultiplyAddEstimate(x1 - y, log1 - log, sum01);
            y = Vector512.Create(other[i]);
            log = Vector512.Create(logOther[i]);
            sum10 = Vector512.MultiplyAddEstimate(x0 - y, log0 - log, sum10);
            sum11 = Vector512.MultiplyAddEstimate(x1 - y, log1 - log, sum11);
            row += (nuint)stride;
        }

        return (Bits(sum00, sum01, limit), Bits(sum10, sum11, limit));
    }

    internal static uint Scalar(
        ReadOnlySpan<float> anchors,
        ReadOnlySpan<float> anchorLogs,
        int stride,
        int first,
        LogRows maps,
        int map,
        float limit)
    {
        ReadOnlySpan<float> values = maps.Values(map)[..maps.Length];
        ReadOnlySpan<float> logs = maps.Logs(map)[..maps.Length];
        uint bits = 0;
        for (int anchor = 0; anchor < Anchors; anchor++)
        {
            float sum = 0;
            for (int i = 0; i < values.Length; i++)
            {
                int place = (i * stride) + first + anchor;
                sum += (anchors[place] - values[i]) * (anchorLogs[place] - logs[i]);
            }

            bits |= sum <= limit ? 1u << anchor : 0;
        }

        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Bits(Vector512<float> lower, Vector512<float> upper, float limit) =>
        (uint)Vector512.LessThanOrEqual(lower, Vector512.Create(limit)).ExtractMostSignificantBits()
        | ((uint)Vector512.LessThanOrEqual(upper, Vector512.Create(limit)).ExtractMostSignificantBits() << Lanes.Count);
}
