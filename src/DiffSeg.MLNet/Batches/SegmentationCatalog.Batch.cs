using DiffSeg.Batches;
using DiffSeg.MLNet.Batches;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace DiffSeg.MLNet;

public sealed partial class SegmentationCatalog
{
    /// <summary>
    /// Writes the masks of a view into a folder, in chunks that are whole or not there: started again after whatever stopped
    /// it, it computes only the rows of chunks that are not done, and the bytes are the same.
    /// </summary>
    /// <remarks>
    /// The rows are read twice: first their ids alone, then masks, in order, one at a time; memory does not depend on their
    /// number, but for some bytes per chunk. Rows of chunks that are done or of other shards are passed over without asking for a value. The data must
    /// give the same rows in the same order each time. <see cref="BatchFolder"/> reads and verifies what was written.
    /// </remarks>
    /// <param name="data">The data, as a mask transformer gives it, with a column of ids.</param>
    /// <param name="folder">The folder; made if it is not there.</param>
    /// <param name="options">Columns, chunks, what to keep with the masks; null for the defaults.</param>
    /// <param name="progress">Told how far it is, after each row.</param>
    /// <param name="cancellationToken">
    /// Stops between two rows; a chunk that lacks rows is dropped, those before stay.
    /// </param>
    /// <returns>What became of the images of the call's shard, those included that were done before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column is missing or of another type; the shard or the size of the chunks is out of range.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// A row has no id, or neither a mask of its size nor a reason. Chunks before it are done.
    /// </exception>
    /// <exception cref="SegmentationException">A row cannot be segmented, and the data has no column that tells it. Chunks before it are done.</exception>
    /// <exception cref="InvalidOperationException">The data gives fewer rows the second time, or others. Chunks before them are done.</exception>
    /// <exception cref="BatchFolderException">
    /// The folder holds a batch of other rows or settings, or was overwritten by one meanwhile.
    /// </exception>
    /// <exception cref="BatchBusyException">Another process is writing one of the chunks.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public BatchStatistics SaveBatch(
        IDataView data,
        string folder,
        BatchSavingOptions? options = null,
        IProgress<BatchProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new BatchSavingOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Shards, 1, nameof(BatchSavingOptions.Shards));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Shard, 1, nameof(BatchSavingOptions.Shard));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Shard, options.Shards, nameof(BatchSavingOptions.Shard));
        BatchColumns columns = BatchColumns.Of(data.Schema, options);

        using IChannel channel = ((IHostEnvironment)_context).Register(nameof(SegmentationCatalog)).Start(nameof(SaveBatch));
        BatchPlan plan = BatchPlan.Create(BatchSaving.Images(data, columns.Image, cancellationToken), options.Batch);
        BatchFolder batch = BatchFolder.Open(folder, plan, options.Overwrite);
        new BatchSaving(batch, options, progress).Run(data, columns, cancellationToken);
        BatchStatistics statistics = batch.Statistics(plan.ChunksOf(options.Shard, options.Shards));
        channel.Info(
            MessageSensitivity.Schema,
            "{0} masks and {1} reasons of '{2}' saved in {3} chunks.",
            statistics.Succeeded,
            statistics.Failed,
            options.MaskColumn,
            statistics.Chunks);
        return statistics;
    }
}
