namespace DiffSeg.MLNet;

/// <summary>
/// Rows that could not be evaluated: a mask and a label of different sizes, a class beyond the number, no mask and no reason, or no
/// row with a mask at all. The message names the row, the columns and what differs.
/// </summary>
public sealed class SegmentationEvaluationException : InvalidOperationException
{
    private SegmentationEvaluationException(string message, Exception? cause)
        : base(message, cause)
    {
    }

    /// <summary>Position of the row in its data view, from 0; null when no row has a mask.</summary>
    public long? Row { get; private init; }

    internal static SegmentationEvaluationException NothingToMeasure(long failed) => new(
        failed == 0
            ? "There is nothing to evaluate: the data has no rows. Look at the folder or filter that it comes from."
            : $"There is nothing to evaluate: no row has a mask, {failed} failed. Their status column (MaskStatus) says why.",
        null);

    internal static SegmentationEvaluationException Of(long row, string message, Exception? cause = null)
        => new($"Row {row} could not be evaluated: {message}", cause) { Row = row };
}
