namespace DiffSeg.Semantics;

/// <summary>
/// Gives every segment of a mask a noun of the text by cross-attention: the published code's extra to the paper.
/// </summary>
/// <remarks>
/// The maps of the nouns are made row by row, twice, so that memory does not grow with the picture. Results do not depend
/// on machine or threads.
/// </remarks>
public static class NounLabelling
{
    /// <summary>Labels the segments of a mask.</summary>
    /// <param name="labels">The mask, row-major, as large as the grid says.</param>
    /// <param name="grid">
    /// Where the mask's pixels lie, in tokens of the cross-attention's finest resolution (its Height x Width): for most models the
    /// grid that the mask was made with.
    /// </param>
    /// <param name="attention">The cross-attention of the same picture.</param>
    /// <param name="nouns">The nouns to choose from, in the order of the text; at least one. Equal words may repeat.</param>
    /// <param name="voting">How the pixels of a segment agree; default by their mean.</param>
    /// <param name="cancellationToken">Looked at every row.</param>
    /// <returns>The noun of each label.</returns>
    /// <exception cref="ArgumentException">
    /// The mask is not as large as the grid, the grid is impossible, there are no nouns, or one has a token that the text has not.
    /// </exception>
    /// <exception cref="AttentionException">A noun is attended to nowhere in the picture.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static SegmentNouns Label(
        ReadOnlySpan<ushort> labels,
        MaskGrid grid,
        CrossAttention attention,
        IReadOnlyList<Noun> nouns,
        NounVoting voting = NounVoting.Mean,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attention);
        ArgumentNullException.ThrowIfNull(nouns);
        if (!Enum.IsDefined(voting))
        {
            throw new ArgumentOutOfRangeException(nameof(voting), voting, "Voting must be Mean or Majority.");
        }

        if (nouns.Count == 0)
        {
            throw new ArgumentException("There must be at least one noun to choose from.", nameof(nouns));
        }

        NounRows rows = new(attention, nouns, grid);
        if (labels.Length != grid.OutputHeight * grid.OutputWidth)
        {
            throw new ArgumentException(
                $"The mask has {labels.Length} labels, but the grid {grid.OutputHeight}x{grid.OutputWidth} asks for "
                + $"{grid.OutputHeight * grid.OutputWidth}.",
                nameof(labels));
        }

        NounVotes votes = new(labels, nouns.Count, grid.OutputWidth);
        votes.Sum(labels, rows, cancellationToken);
        votes.CheckNorms(nouns);
        if (voting == NounVoting.Majority)
        {
            votes.Count(labels, rows, cancellationToken);
        }

        return new SegmentNouns(votes.Segments(nouns, voting));
    }
}
