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
internal static partial class JeffreysTile
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
