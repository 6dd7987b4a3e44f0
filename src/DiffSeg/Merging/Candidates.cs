using System.Runtime.CompilerServices;

namespace DiffSeg;

/// <summary>
/// The anchors that a pair of maps has in question, in ascending order, with their sums so far; read and at the same time
/// written anew, as at most one is kept for each.
/// </summary>
/// <param name="anchors">As many places as there are anchors.</param>
/// <param name="sums">Two places per anchor, one for each map of the pair.</param>
/// <param name="count">Candidates there are; how many are left, after <see cref="Close"/>.</param>
internal ref struct Candidates(Span<int> anchors, Span<float> sums, ref int count)
{
    private readonly Span<int> _anchors = anchors;
    private readonly Span<float> _sums = sums;
    private readonly ref int _count = ref count;
    private int _kept;

    /// <summary>Candidates there were at the start.</summary>
    public readonly int Count => _count;

    /// <summary>Up to four candidates for a tile; where there are fewer, the last one again.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="four">The anchors.</param>
    /// <returns>How many are different.</returns>
    public readonly int Four(int first, Span<int> four)
    {
        int last = _count - 1;
        for (int k = 0; k < JeffreysTile.Anchors; k++)
        {
            four[k] = _anchors[Math.Min(first + k, last)];
        }

        return Math.Min(JeffreysTile.Anchors, _count - first);
    }

    /// <summary>One candidate.</summary>
    /// <param name="index">Which, not yet written over.</param>
    /// <returns>The anchor, and the sums so far of the pair's two maps.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly (int Anchor, float One, float Other) At(int index) =>
        (_anchors[index], _sums[2 * index], _sums[(2 * index) + 1]);

    /// <summary>Keeps a candidate in question.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="one">The sum so far for the pair's first map; infinite when that is settled.</param>
    /// <param name="other">That for its second.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(int anchor, float one, float other)
    {
        _anchors[_kept] = anchor;
        _sums[2 * _kept] = one;
        _sums[(2 * _kept) + 1] = other;
        _kept++;
    }

    /// <summary>Leaves only what was kept.</summary>
    public readonly void Close() => _count = _kept;
}
