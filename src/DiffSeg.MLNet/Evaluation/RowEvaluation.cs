using DiffSeg.Evaluation;
using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Masks;
using Microsoft.ML;

namespace DiffSeg.MLNet.Evaluation;

/// <summary>Takes the rows of a data view through an evaluator.</summary>
internal sealed class RowEvaluation(DataViewRowCursor cursor, EvaluationColumns columns, SegmentationEvaluator evaluator)
{
    private readonly MapReader _label = new(cursor, columns.Label);
    private readonly MapReader _mask = new(cursor, columns.Mask);
    private readonly RowText _status = new(cursor, columns.Status);

    /// <summary>Takes all rows.</summary>
    /// <param name="data">The data.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="evaluator">Where to.</param>
    /// <param name="progress">Told the rows done after each.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <returns>The first row without a mask, and why it has none; null where each has one.</returns>
    public static (long Row, string Reason)? Run(
        IDataView data,
        EvaluationColumns columns,
        SegmentationEvaluator evaluator,
        IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        // A single cursor of the set: the plain one may read batches of rows ahead on other threads, and keep them.
        using DataViewRowCursor cursor = data.GetRowCursorSet(columns.All, 1)[0];
        RowEvaluation rows = new(cursor, columns, evaluator);
        cancellationToken.ThrowIfCancellationRequested();
        (long, string)? failed = null;
        while (cursor.MoveNext())
        {
            if (rows._status.Read() is { Length: > 0 } reason)
            {
                // Its ground truth is not asked for: it may be as broken as the picture.
                evaluator.AddFailure();
                failed ??= (cursor.Position, reason);
            }
            else
            {
                rows.Add();
            }

            progress?.Report(cursor.Position + 1);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return failed;
    }

    private void Add()
    {
        ushort[] mask = _mask.Values();
        if (mask.Length == 0)
        {
            throw Wrong(
                $"its mask in '{columns.Mask.Name}' is empty, and nothing says why. Rows without a mask are counted as failed where "
                + $"a text column gives a reason: '{columns.Mask.Name}{MaskOutput.Status}' (MaskColumns.Status), or one that is named.");
        }

        ushort[] label = _label.Values();
        (int height, int width) = MaskSize(mask.Length, label.Length);
        LabelMap[] annotators = Annotators(label, _label.Size() ?? (height, width));
        try
        {
            evaluator.Add(mask, height, width, annotators);
        }
        catch (EvaluationException e)
        {
            throw SegmentationEvaluationException.Of(
                cursor.Position, $"column '{columns.Mask.Name}' against '{columns.Label.Name}'. {e.Message}", e);
        }
    }

    private (int Height, int Width) MaskSize(int mask, int label)
    {
        if ((_mask.Size() ?? _label.Size()) is not { } size)
        {
            bool boundaries = evaluator.Options.Measures.HasFlag(EvaluationMeasures.Boundaries);
            return mask == label && !boundaries
                ? (1, mask)
                : throw Wrong(
                    $"the mask in '{columns.Mask.Name}' has {mask} pixels, the ground truth in '{columns.Label.Name}' "
                    + $"{label}, and no size is known. Give the size by the columns' types or by {SizeColumns()}");
        }

        return Area(size) == mask
            ? size
            : throw Wrong(
                $"the mask in '{columns.Mask.Name}' has {mask} pixels, but {size.Height} x {size.Width} are expected"
                + (_mask.Size() is null ? $", the size of '{columns.Label.Name}'. Give its own by {SizeColumns()}" : "."));
    }

    // One map after the other.
    private LabelMap[] Annotators(ushort[] label, (int Height, int Width) size)
    {
        long area = Area(size);
        return area > 0 && label.Length > 0 && label.Length % area == 0
            ? [.. label.Chunk((int)area).Select(classes => new LabelMap(size.Height, size.Width, classes))]
            : throw Wrong(
                $"the ground truth in '{columns.Label.Name}' has {label.Length} pixels, but {size.Height} x {size.Width} "
                + $"for each annotator are expected"
                + (_label.Size() is null ? $", the size of '{columns.Mask.Name}'. Give its own by {SizeColumns()}" : "."));
    }

    private SegmentationEvaluationException Wrong(string message)
        => SegmentationEvaluationException.Of(cursor.Position, message);

    private string SizeColumns()
        => $"the columns '{columns.Mask.Name}Height' and '{columns.Mask.Name}Width', '{columns.Label.Name}Height' and "
            + $"'{columns.Label.Name}Width'.";

    private static long Area((int Height, int Width) size)
        => size is { Height: > 0, Width: > 0 } ? (long)size.Height * size.Width : 0;
}
