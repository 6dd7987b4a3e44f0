using DiffSeg.Batches;
using Microsoft.ML;

namespace DiffSeg.MLNet.Batches;

/// <summary>Walks over the rows of a view and writes those of the chunks that are to be written.</summary>
/// <param name="folder">Where to.</param>
/// <param name="options">Which chunks.</param>
/// <param name="progress">Told how far it is.</param>
internal sealed class BatchSaving(BatchFolder folder, BatchSavingOptions options, IProgress<BatchProgress>? progress)
{
    private int _images, _done, _failed;

    /// <summary>The ids of all rows, in their order; nothing but ids is read.</summary>
    public static IEnumerable<string> Images(IDataView data, DataViewSchema.Column column, CancellationToken cancellationToken)
    {
        using DataViewRowCursor cursor = Open(data, [column]);
        ValueGetter<ReadOnlyMemory<char>> id = cursor.GetGetter<ReadOnlyMemory<char>>(column);
        ReadOnlyMemory<char> text = default;
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            id(ref text);
            yield return text.Length > 0
                ? text.ToString()
                : throw new InvalidDataException($"Row {cursor.Position} cannot be saved: its id in '{column.Name}' is empty. Give each row one.");
        }
    }

    public void Run(IDataView data, BatchColumns columns, CancellationToken cancellationToken)
    {
        List<int> open = FindOpen();
        progress?.Report(new BatchProgress(_images, _done, _failed));
        if (open.Count == 0)
        {
            return;
        }

        using DataViewRowCursor cursor = Open(data, columns.All);
        BatchRowReader rows = new(cursor, columns);

        // Rows behind the last chunk that is open are not even walked over.
        int row = 0;
        foreach (int chunk in open)
        {
            (int first, int count) = Plan.RangeOf(chunk);
            Skip(first - row, cursor, cancellationToken);
            Write(chunk, cursor, rows, cancellationToken);
            row = first + count;
        }
    }

    private BatchPlan Plan => folder.Plan;

    // The chunks of the shard that are to be written, ascending; counts the images of all, and of those that are done.
    private List<int> FindOpen()
    {
        List<int> open = [];
        foreach (int chunk in Plan.ChunksOf(options.Shard, options.Shards))
        {
            _images += Plan.RangeOf(chunk).Count;
            if (folder.Done(chunk) is { } record)
            {
                _done += record.Images;
            }
            else
            {
                open.Add(chunk);
            }
        }

        return open;
    }

    private void Write(int number, DataViewRowCursor cursor, BatchRowReader rows, CancellationToken cancellationToken)
    {
        using ChunkWriter chunk = folder.Begin(number);
        while (chunk.Added < chunk.Range.Count)
        {
            Move(cursor, cancellationToken);
            _failed += rows.AddTo(chunk) ? 0 : 1;
            _done++;
            progress?.Report(new BatchProgress(_images, _done, _failed));
        }

        chunk.Complete();
    }

    // No getter is called, so a lazy view computes nothing.
    private void Skip(int count, DataViewRowCursor cursor, CancellationToken cancellationToken)
    {
        for (int row = 0; row < count; row++)
        {
            Move(cursor, cancellationToken);
        }
    }

    private void Move(DataViewRowCursor cursor, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!cursor.MoveNext())
        {
            throw new InvalidOperationException(
                $"The data had {Plan.ImageCount} rows when they were counted, and fewer when they were saved. It must give the "
                + "same rows in the same order each time it is read.");
        }
    }

    // A single cursor of a set: the plain one may read batches of rows ahead on other threads, and keep them.
    private static DataViewRowCursor Open(IDataView data, IEnumerable<DataViewSchema.Column> columns) =>
        data.GetRowCursorSet(columns, 1)[0];
}
