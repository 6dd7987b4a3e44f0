using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>
/// The order of every floating-point sum in this library: 16 lanes, element i goes to lane i mod 16, and the lanes
/// are added pairwise, halves upon halves.
/// </summary>
/// <remarks>
/// Loops are written over <see cref="Vector512{T}"/>, which the runtime splits into two or four narrower vectors where
/// the machine has no 512-bit ones: same lanes, same bits. Products are rounded before they are added (no fused
/// multiply-add, which not every machine has). Without any vectors the splitting would be slow, so each loop has a
/// scalar twin with the same 16 lanes, which also is its specification in the tests.
/// </remarks>
internal static class Lanes
{
    /// <summary>Number of lanes.</summary>
    public const int Count = 16;

    /// <summary>Whether the loops over vectors run; otherwise their scalar twins do.</summary>
    public static bool Vectorised
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.IsHardwareAccelerated;
    }

    /// <summary>Adds the 16 lanes: 8 + 8, then 4 + 4, 2 + 2, 1 + 1.</summary>
    /// <param name="lanes">The lanes.</param>
    /// <returns>Their sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Reduce(Vector512<float> lanes)
    {
        Vector256<float> eight = lanes.GetLower() + lanes.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return four[0] + four[2] + (four[1] + four[3]);
    }

    /// <summary>The scalar twin of <see cref="Reduce(Vector512{float})"/>.</summary>
    /// <param name="lanes">16 values; overwritten.</param>
    /// <returns>Their sum.</returns>
    public static float Reduce(Span<float> lanes)
    {
        for (int half = Count / 2; half >= 1; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
    }
}
