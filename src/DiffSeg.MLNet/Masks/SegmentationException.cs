using DiffSeg.MLNet.Masks;

namespace DiffSeg.MLNet;

/// <summary>
/// A row, or a picture, that could not be segmented: the picture cannot be read or is missing, or its attention is not attention.
/// The message names the row, the picture where its path is known, and the column where it is one column's fault; the
/// cause is the inner exception. Whether other rows are affected, <see cref="Fault"/> tells.
/// </summary>
/// <remarks>
/// ML.NET's own views, of which a loaded model consists, may read ahead on other threads; what is thrown there reaches
/// the reader inside an <see cref="InvalidOperationException"/> about a "Splitter/consolidator worker".
/// </remarks>
public sealed class SegmentationException : InvalidOperationException
{
    internal SegmentationException(string message, Exception? cause)
        : base(message, cause)
        => Reason = message;

    /// <summary>
    /// Position of the row in its data view, from 0; the number of the call in a prediction engine; null where it is
    /// not known, in a loaded model.
    /// </summary>
    public long? Row { get; private init; }

    /// <summary>Path of the row's picture; null when the transformer was given none.</summary>
    public string? ImagePath { get; private init; }

    /// <summary>The attention column at fault; null when it is not one column's fault.</summary>
    public string? Column { get; internal init; }

    /// <summary>Why, in one line that names neither the row nor the picture: what a status column tells.</summary>
    public string Reason { get; private init; }

    /// <summary>Whose fault it is.</summary>
    public SegmentationFault Fault { get; private init; }

    /// <summary>The reason in anything that was thrown when a row was read.</summary>
    /// <param name="problem">What was thrown, by a step of this library or another.</param>
    /// <returns>One line that names neither the row nor, where it is known, a path.</returns>
    public static string ReasonOf(Exception problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return RowFailure.ReasonOf(problem);
    }

    internal static SegmentationException Of(long? row, string? path, Exception cause, string unnamed = "A row")
    {
        string? named = string.IsNullOrEmpty(path) ? null : path;
        string what = (row, named) switch
        {
            (null, null) => unnamed,
            (null, _) => $"'{named}'",
            (_, null) => $"Row {row}",
            _ => $"Row {row} ('{named}')",
        };
        return new SegmentationException($"{what} could not be segmented: {cause.Message}", cause)
        {
            Row = row,
            ImagePath = named,
            Column = (cause as SegmentationException)?.Column,
            Reason = RowFailure.ReasonOf(cause),
            Fault = RowFailure.FaultOf(cause),
        };
    }
}
