namespace DiffSeg;

/// <summary>Iterative attention merging (Tian et al., CVPR 2024, section 3.3).</summary>
/// <remarks>
/// Iteration 0 turns each anchor into the mean of all maps (not only anchors) below the threshold; no anchor is removed.
/// Each later iteration goes through the proposals in order: one that is matched already is skipped; else it becomes
/// the mean of all proposals of the iteration before that are below the threshold, those already matched included, and
/// they are marked as matched. A proposal that does not match even itself is dropped.
/// </remarks>
internal static class IterativeMerging
{
    private const int RowsAhead = 16;

    /// <summary>What one iteration found.</summary>
    /// <param name="Index">Which iteration, from 0.</param>
    /// <param name="Anchors">
    /// The anchor of each new proposal: a token in iteration 0, an index into the proposals before in later ones.
    /// </param>
    /// <param name="Matches">What was averaged, one row per new proposal.</param>
    /// <param name="Proposals">The new proposals.</param>
    public readonly record struct Iteration(
        int Index, IReadOnlyList<int> Anchors, MatchMatrix Matches, MapRows Proposals);

    /// <summary>Merges the maps of an image into proposals.</summary>
    /// <param name="attention">All maps, one per token.</param>
    /// <param name="anchors">Tokens to start from.</param>
    /// <param name="thresholds">One per iteration, at least one.</param>
    /// <param name="settings">Zeros and threads.</param>
    /// <param name="observe">Told of each iteration when it is done.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The proposals; none when every anchor's map matches nothing.</returns>
    public static ProposalSet Run(
        MapRows attention,
        int[] anchors,
        IReadOnlyList<float> thresholds,
        MatchSettings settings,
        Action<Iteration>? observe = null,
        CancellationToken cancellationToken = default)
    {
        MatchMatrix matches = MapMatcher.Match(attention, anchors, thresholds[0], settings, cancellationToken);
        MapRows merged = MatchMean.Of(matches, attention, settings.MaxDegreeOfParallelism, cancellationToken);
        observe?.Invoke(new Iteration(0, anchors, matches, merged));
        return Continue(merged, thresholds, settings, observe, cancellationToken);
    }

    /// <summary>Goes on after iteration 0.</summary>
    /// <param name="merged">What iteration 0 made of the anchors, NaN where nothing matched.</param>
    /// <param name="thresholds">One per iteration, the first included.</param>
    /// <param name="settings">Zeros and threads.</param>
    /// <param name="observe">Told of each iteration when it is done.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The proposals; none when nothing matched.</returns>
    public static ProposalSet Continue(
        MapRows merged,
        IReadOnlyList<float> thresholds,
        MatchSettings settings,
        Action<Iteration>? observe = null,
        CancellationToken cancellationToken = default)
    {
        MapRows proposals = merged;
        for (int iteration = 1; iteration < thresholds.Count && proposals.Count > 0; iteration++)
        {
            (List<int> kept, MatchMatrix matches) = Greedy(
                proposals, thresholds[iteration], settings, cancellationToken);
            proposals = MatchMean.Of(matches, proposals, settings.MaxDegreeOfParallelism, cancellationToken);
            observe?.Invoke(new Iteration(iteration, kept, matches, proposals));
        }

        float[] values = thresholds.Count == 1 ? WithoutUnmatched(proposals) : proposals.Values;
        return new ProposalSet(values, values.Length / merged.Tokens, merged.Height, merged.Width);
    }

    // Later iterations drop what matches nothing; after a single one it is done here.
    private static float[] WithoutUnmatched(MapRows proposals) =>
        Enumerable.Range(0, proposals.Count).All(i => !float.IsNaN(proposals.Row(i)[0]))
            ? proposals.Values
            : [.. Enumerable.Range(0, proposals.Count)
                .Where(i => !float.IsNaN(proposals.Row(i)[0]))
                .SelectMany(i => proposals.Row(i).ToArray())];

    /// <summary>Goes through the proposals in order and keeps those that no kept one before matches.</summary>
    /// <returns>The proposals kept, and what each matches.</returns>
    private static (List<int> Kept, MatchMatrix Matches) Greedy(
        MapRows proposals, float threshold, MatchSettings settings, CancellationToken cancellationToken)
    {
        List<int> kept = [];
        List<ulong[]> rows = [];
        bool[] done = new bool[proposals.Count];
        while (true)
        {
            // Most proposals are matched by an earlier one and never asked, so distances are computed a few rows ahead.
            int[] ahead = [.. Enumerable.Range(0, done.Length).Where(i => !done[i]).Take(RowsAhead)];
            if (ahead.Length == 0)
            {
                return (kept, MatchMatrix.FromRows(rows, proposals.Count));
            }

            MatchMatrix pairs = MapMatcher.Match(proposals, ahead, threshold, settings, cancellationToken);
            for (int row = 0; row < ahead.Length; row++)
            {
                int proposal = ahead[row];
                if (!done[proposal] && pairs.CountOf(row) > 0)
                {
                    kept.Add(proposal);
                    rows.Add(pairs.Row(row).ToArray());
                    for (int other = 0; other < done.Length; other++)
                    {
                        done[other] |= pairs[row, other];
                    }
                }

                done[proposal] = true;
            }
        }
    }
}
