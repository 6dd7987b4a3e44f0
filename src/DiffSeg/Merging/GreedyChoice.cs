namespace DiffSeg;

/// <summary>
/// One later iteration's choice: goes through the proposals in order and keeps those that no kept one before matches.
/// Used again and again.
/// </summary>
/// <param name="matcher">Compares the proposals; shared with the first iteration.</param>
internal sealed class GreedyChoice(MapMatcher matcher)
{
    // Most proposals are matched by an earlier one and never asked, so distances are computed a few rows ahead.
    private const int RowsAhead = 64;

    private readonly MatchMatrix _pairs = new();
    private readonly int[] _ahead = new int[RowsAhead];
    private bool[] _done = [];
    private int[] _kept = [];
    private int _count;

    /// <summary>The proposals kept, in order.</summary>
    public ReadOnlySpan<int> Kept => _kept.AsSpan(0, _count);

    /// <summary>What each kept proposal matches, those already matched included.</summary>
    public MatchMatrix Matches { get; } = new();

    /// <summary>Chooses among proposals.</summary>
    /// <param name="proposals">All of them; NaN where there is none.</param>
    /// <param name="threshold">A pair matches when its distance is below this (strictly).</param>
    /// <param name="settings">Zeros and threads.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    public void Choose(MapRows proposals, float threshold, MatchSettings settings, CancellationToken cancellationToken)
    {
        if (_done.Length < proposals.Count)
        {
            _done = new bool[proposals.Count];
            _kept = new int[proposals.Count];
        }

        Span<bool> done = _done.AsSpan(0, proposals.Count);
        done.Clear();
        _count = 0;
        Matches.Reset(proposals.Count, proposals);
        int next = 0;
        while (true)
        {
            int ahead = LookAhead(done, ref next);
            if (ahead == 0)
            {
                break;
            }

            matcher.Match(proposals, _ahead, ahead, threshold, settings, _pairs, cancellationToken);
            for (int row = 0; row < ahead; row++)
            {
                Take(row, done);
            }
        }

        Matches.Cut(_count);
    }

    private int LookAhead(ReadOnlySpan<bool> done, ref int next)
    {
        int ahead = 0;
        for (; next < done.Length && ahead < RowsAhead; next++)
        {
            if (!done[next])
            {
                _ahead[ahead++] = next;
            }
        }

        return ahead;
    }

    // One that matches nothing, not even itself, is dropped.
    private void Take(int row, Span<bool> done)
    {
        int proposal = _ahead[row];
        if (done[proposal] || _pairs.CountOf(row) == 0)
        {
            return;
        }

        _kept[_count] = proposal;
        Matches.CopyRow(_count, _pairs, row);
        _count++;
        for (int other = 0; other < done.Length; other++)
        {
            done[other] |= _pairs[row, other];
        }
    }
}
