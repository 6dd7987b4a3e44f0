using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>
/// The anchors that four neighbouring maps have in question, in ascending order, with their sums so far; read and at the
/// same time written anew, as at most one is kept for each.
/// </summary>
/// <param name="anchors">As many places as there are anchors.</param>
/// <param name="sums">One place per anchor, for the sums of the four maps.</param>
/// <param name="margins">One place per anchor, for how far the four distances may lie off their sums.</param>
/// <param name="count">Candidates there are; how many are left, after <see cref="Close"/>.</param>
internal ref struct Candidates(
    Span<int> anchors, Span<Vector128<float>> sums, Span<Vector128<float>> margins, ref int count)
{
    private readonly Span<int> _anchors = anchors;
    private readonly Span<Vector128<float>> _sums = sums;
    private readonly Span<Vector128<float>> _margins = margins;
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
    /// <returns>The anchor, and of the four maps the sums so far and the margins.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly (int Anchor, Vector128<float> Sums, Vector128<float> Margins) At(int index) =>
        (_anchors[index], _sums[index], _margins[index]);

    /// <summary>Keeps a candidate in question.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="sums">The sums so far of the four maps; infinite for those that are settled.</param>
    /// <param name="margins">How far the distances may lie off them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(int anchor, Vector128<float> sums, Vector128<float> margins)
    {
        _anchors[_kept] = anchor;
        _sums[_kept] = sums;
        _margins[_kept] = margins;
        _kept++;
    }

    /// <summary>Leaves only what was kept.</summary>
    public readonly void Close() => _count = _kept;
}
