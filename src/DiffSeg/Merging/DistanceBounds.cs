using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>
/// When a sum in single precision decides whether a distance is below a threshold, rounding allowed for. Sums are twice
/// the distance.
/// </summary>
/// <param name="threshold">The threshold.</param>
/// <param name="mass">What each map sums to.</param>
internal readonly struct DistanceBounds(double threshold, double mass)
{
    /// <summary>Relative rounding of the sums over cells and rests; 87 roundings of 2^-24 in a row make 5.2e-6.</summary>
    private const float Rounding = 2e-5f;

    private readonly float _surely = (float)(2 * (threshold - JeffreysDistance.Uncertainty(threshold, mass)));
    private readonly float _never = (float)(2 * (threshold + JeffreysDistance.Uncertainty(threshold, mass)));

    /// <summary>Below what sum over all tokens a pair is a match for sure.</summary>
    public float Surely => _surely;

    /// <summary>Above what sum over all tokens a pair is no match for sure.</summary>
    public float Never => _never;

    /// <summary>How far distances may lie off the sums over cells.</summary>
    /// <param name="sums">The sums of four pairs over their cells.</param>
    /// <param name="shares">The most that the rests of tokens may add or take.</param>
    /// <returns>The margins of the four, to be lessened as units' rests are summed.</returns>
    /// <remarks>
    /// Terms of either sign add up in the cells, to at most |sum| + 2 share in absolute value, in the rests to at most
    /// share, and the share itself is rounded as often. This part of the margin stays to the end.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Margins(Vector128<float> sums, Vector128<float> shares) =>
        shares + (Rounding * (Vector128.Abs(sums) + (2 * shares)));

    /// <summary>Above what sum over units' means a pair is no match.</summary>
    /// <param name="units">Number of units.</param>
    /// <returns>The limit; it allows for as many roundings in a row as there are units, and a few.</returns>
    public float UnitLimit(int units) =>
        _never / UnitSplit.Tokens * (1 + Math.Max(Rounding, (units + 16) * 1.2e-7f));

    /// <summary>Settles what sums within their margins can settle.</summary>
    /// <param name="sums">Four sums; become infinite: above for no match, below for a match. What was infinite stays so.</param>
    /// <param name="margins">How far the distances may lie off them.</param>
    /// <returns>All bits set for those that are still in question, else none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> Settle(ref Vector128<float> sums, Vector128<float> margins)
    {
        Vector128<float> beyond = Vector128.GreaterThan(sums - margins, Vector128.Create(_never))
            | Vector128.Equals(sums, Vector128.Create(float.PositiveInfinity));
        Vector128<float> below = Vector128.LessThan(sums + margins, Vector128.Create(_surely));
        sums = Vector128.ConditionalSelect(beyond, Vector128.Create(float.PositiveInfinity), sums);
        sums = Vector128.ConditionalSelect(below, Vector128.Create(float.NegativeInfinity), sums);
        return ~(beyond | below).AsInt32();
    }
}
