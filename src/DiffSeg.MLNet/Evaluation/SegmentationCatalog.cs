using DiffSeg.Evaluation;
using DiffSeg.MLNet.Evaluation;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace DiffSeg.MLNet;

/// <summary>
/// Segmentation as a task: measures the masks of a data view against its ground truth, and encodes pictures to be
/// segmented many times. Made by <c>ml.Segmentation()</c>.
/// </summary>
/// <remarks>
/// <para>
/// Masks and labels are vectors of UInt16, row-major: labels of the mask, and classes of the ground truth with
/// <see cref="LabelMap.Ignored"/> (65535) where a pixel has none. A size that the column's type does not tell
/// ([height, width]) is taken from the columns <c>MaskHeight</c> and <c>MaskWidth</c>, <c>LabelHeight</c> and
/// <c>LabelWidth</c> (after the columns' names), or else is the other's. Several annotators of an image are one label
/// vector, one map after the other: [annotators, height, width].
/// </para>
/// <para>
/// A row with a reason in its status column (<see cref="MaskColumns.Status"/>; <c>MaskStatus</c>, after the masks' name, where the
/// data has it) has no mask. It is in no figure, neither as right nor as wrong; <see cref="SegmentationMetrics.FailedRows"/> counts
/// such rows, and whatever shows figures shows their number.
/// </para>
/// <para>
/// Rows are read one by one and not kept, on the caller's thread. The figures do not depend on the order of the rows or on
/// the division into shards.
/// </para>
/// </remarks>
public sealed partial class SegmentationCatalog
{
    private readonly MLContext _context;

    internal SegmentationCatalog(MLContext context) => _context = context;

    /// <summary>Measures all rows.</summary>
    /// <param name="data">The data, as a mask transformer gives it, with a column of labels.</param>
    /// <param name="labelColumnName">The ground truth.</param>
    /// <param name="maskColumnName">The masks.</param>
    /// <param name="statusColumnName">
    /// Why rows have no mask, text, empty for those that have one; null for the column named after the masks', where the data
    /// has it. Such rows are counted and not measured.
    /// </param>
    /// <param name="options">
    /// What to measure, the number or names of the classes, the matching scope; null measures regions, which needs no classes.
    /// </param>
    /// <param name="progress">Told the rows done after each.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">The options do not fit each other; classes need their number.</exception>
    /// <exception cref="SegmentationEvaluationException">
    /// Mask and label of a row differ in size, a class is beyond the number, a row has neither a mask nor a reason, or no row has
    /// a mask.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public SegmentationMetrics Evaluate(
        IDataView data,
        string labelColumnName = "Label",
        string maskColumnName = "Mask",
        string? statusColumnName = null,
        EvaluationOptions? options = null,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
        => Merge(EvaluateShard(data, labelColumnName, maskColumnName, statusColumnName, options, progress, cancellationToken));

    /// <summary>Measures the rows of one of several parts, to be merged: in this process, or from JSON files.</summary>
    /// <param name="data">The rows of the shard; there may be none.</param>
    /// <param name="labelColumnName">The ground truth.</param>
    /// <param name="maskColumnName">The masks.</param>
    /// <param name="statusColumnName">As for <see cref="Evaluate"/>.</param>
    /// <param name="options">As for <see cref="Evaluate"/>; the same for all shards.</param>
    /// <param name="progress">Told the rows done after each.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <returns>
    /// The sums, for <see cref="Merge"/>; <see cref="SegmentationEvaluator.ToJson"/> writes them, with the number of rows that failed.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">The options do not fit each other; classes need their number.</exception>
    /// <exception cref="SegmentationEvaluationException">
    /// Mask and label of a row differ in size, a class is beyond the number, or a row has neither a mask nor a reason.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public SegmentationEvaluator EvaluateShard(
        IDataView data,
        string labelColumnName = "Label",
        string maskColumnName = "Mask",
        string? statusColumnName = null,
        EvaluationOptions? options = null,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        ArgumentException.ThrowIfNullOrEmpty(maskColumnName);
        SegmentationEvaluator evaluator = new(options ?? new EvaluationOptions { Measures = EvaluationMeasures.Regions });
        EvaluationColumns columns = EvaluationColumns.Of(data.Schema, labelColumnName, maskColumnName, statusColumnName);

        using IChannel channel = ((IHostEnvironment)_context).Register(nameof(SegmentationCatalog)).Start(nameof(Evaluate));
        (long Row, string Reason)? failed = RowEvaluation.Run(data, columns, evaluator, progress, cancellationToken);
        channel.Info(
            MessageSensitivity.Schema,
            "{0} rows of '{1}' measured against '{2}'.",
            evaluator.Images,
            maskColumnName,
            labelColumnName);
        if (failed is { } first)
        {
            channel.Warning(
                MessageSensitivity.UserData,
                "{0} rows have no mask in '{1}' and are not measured; the first is row {2}: {3}",
                evaluator.FailedImages,
                maskColumnName,
                first.Row,
                first.Reason);
        }

        return evaluator;
    }

    /// <summary>The figures of all shards together: to the bit those of one run over all rows.</summary>
    /// <param name="shards">Evaluations of the same options; left as they are.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="EvaluationException">The options differ.</exception>
    /// <exception cref="SegmentationEvaluationException">There is no row in any of them, or none with a mask.</exception>
    public SegmentationMetrics Merge(params IEnumerable<SegmentationEvaluator> shards)
    {
        ArgumentNullException.ThrowIfNull(shards);
        SegmentationEvaluator? sum = null;
        foreach (SegmentationEvaluator shard in shards)
        {
            sum ??= new SegmentationEvaluator(shard.Options);
            sum.Merge(shard);
        }

        return sum is { Images: > 0 }
            ? new SegmentationMetrics(sum.Compute())
            : throw SegmentationEvaluationException.NothingToMeasure(sum?.FailedImages ?? 0);
    }
}
