using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>Merges matching maps into their mean.</summary>
internal static class MatchMean
{
    /// <summary>For each anchor, the mean of all maps that match it; NaN where none does.</summary>
    /// <param name="matches">The matches.</param>
    /// <param name="maps">The maps.</param>
    /// <param name="degree">Threads at most.</param>
    /// <param name="cancellationToken">Looked at every 64 tokens.</param>
    /// <returns>One map per anchor.</returns>
    /// <remarks>
    /// Maps are added in order, in blocks of 64 and then block to block: two short sums of single precision instead
    /// of a long one, and the same bits for any number of threads, which share out the columns.
    /// </remarks>
    public static MapRows Of(MatchMatrix matches, MapRows maps, int degree, CancellationToken cancellationToken)
    {
        int tokens = maps.Tokens;
        float[] means = new float[checked(matches.Anchors * tokens)];
        RowParallel.For(
            tokens,
            BlockSums.Columns,
            degree,
            (from, to) =>
            {
                for (int block = 0; block < matches.WordsPerAnchor; block++)
                {
                    ReadOnlySpan<float> rows = maps.Values.AsSpan((block * MatchMatrix.WordSize * tokens) + from);
                    for (int anchor = 0; anchor < matches.Anchors; anchor++)
                    {
                        ulong chosen = matches.Row(anchor)[block];
                        if (chosen != 0)
                        {
                            BlockSums.Add(chosen, rows, tokens, means.AsSpan((anchor * tokens) + from, to - from));
                        }
                    }
                }
            },
            cancellationToken);

        for (int anchor = 0; anchor < matches.Anchors; anchor++)
        {
            // No matches: 0 / 0, NaN.
            Span<float> mean = means.AsSpan(anchor * tokens, tokens);
            TensorPrimitives.Divide(mean, (float)matches.CountOf(anchor), mean);
        }

        return new MapRows(means, matches.Anchors, maps.Height, maps.Width, maps.Mass);
    }
}
