using DiffSeg.Batches.Files;

namespace DiffSeg.Batches;

/// <summary>
/// The folder of a batch: its plan, and chunks that are whole or not there. Any number of processes may write different
/// chunks at the same time, be killed and be started again; the bytes are the same whichever way they came about.
/// </summary>
/// <remarks>
/// <code>
/// batch.json                 the plan, written once
/// chunk-000000.tar           masks as label PNGs (000000012.png: the image's place in the list), or
/// chunk-000000.coco.jsonl    a line per mask, segments as compressed run lengths of COCO, or
/// chunk-000000.parquet       a row per mask, with its label PNG
/// chunk-000000.status.jsonl  a line per image, in order: ok with size and segments, or failed with the reason
/// chunk-000000.done          the record, written last
/// heartbeat-*                how the work goes; no part of the result
/// </code>
/// A file is written under a hidden name (<c>.chunk-000000.*.tmp</c>), brought to the disk and renamed. A chunk without a
/// record that fits is written again; what an earlier attempt left goes first. A machine that loses its power may forget names
/// that were given last, but keeps the bytes of those it remembers: such a chunk has no record, or one whose files are not there.
/// </remarks>
public sealed partial class BatchFolder
{
    private readonly FileOperations _files;

    private BatchFolder(string path, BatchPlan plan, FileOperations files) => (Path, Plan, _files) = (path, plan, files);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What is in it.</summary>
    public BatchPlan Plan { get; }

    /// <summary>The record of a chunk.</summary>
    /// <param name="chunk">Its number, from 0.</param>
    /// <returns>
    /// The record; null where the chunk is not done: it has none, or one that cannot be read, or of another plan, or its
    /// files are not there with their lengths. That their bytes are right too, <see cref="Verify"/> tells.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no chunk of that number.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public ChunkRecord? Done(int chunk)
    {
        ChunkRange range = Plan.RangeOf(chunk);
        return UsableRecord(chunk) is { } record
            && record.IsOf(Plan, chunk, range)
            && record.Files.All(file => LengthOf(file.Name) == file.Bytes)
                ? record
                : null;
    }

    /// <summary>Begins to write a chunk that is not done; what an earlier attempt left is deleted.</summary>
    /// <param name="chunk">Its number, from 0.</param>
    /// <returns>The writer; to be disposed of.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no chunk of that number.</exception>
    /// <exception cref="BatchBusyException">Another process is writing it, or has just done it.</exception>
    /// <exception cref="BatchFolderException">The batch was overwritten by another since the folder was opened.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public ChunkWriter Begin(int chunk)
    {
        PendingFile record = Take(chunk);
        try
        {
            ThrowIfOverwritten();
            if (Done(chunk) is not null)
            {
                throw new BatchBusyException(
                    $"Chunk {chunk} of '{Path}' is done already. Another process did it: let each shard run once.",
                    PathOf(BatchFileNames.Of(chunk, BatchFileNames.Done)));
            }

            // All of it goes before the first byte is written, so that a disk that is full of it has room; and a record that
            // does not fit before the files that it speaks of.
            foreach (string name in BatchFileNames.All(chunk))
            {
                _files.Delete(PathOf(name));
            }

            DeleteLeftovers(chunk, record);
            return ChunkWriter.Begin(_files, Path, Plan, chunk, record);
        }
        catch
        {
            record.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Says that a chunk is not done, so that it is written again when the batch is run again: one that
    /// <see cref="Verify"/> found damaged.
    /// </summary>
    /// <param name="chunk">Its number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no chunk of that number.</exception>
    /// <exception cref="BatchBusyException">Another process is writing it.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public void Forget(int chunk)
    {
        using PendingFile right = Take(chunk);
        _files.Delete(PathOf(BatchFileNames.Of(chunk, BatchFileNames.Done)));
    }

    /// <summary>What became of the images of a chunk.</summary>
    /// <param name="chunk">Its number, from 0.</param>
    /// <returns>A row per image, in the order of the list; read as they are asked for.</returns>
    /// <exception cref="FileNotFoundException">The chunk is not done.</exception>
    /// <exception cref="InvalidDataException">A row cannot be read; the message names file and line.</exception>
    public IEnumerable<BatchRow> Rows(int chunk)
    {
        string name = BatchFileNames.Of(chunk, BatchFileNames.Status);
        int line = 0;
        foreach (string text in File.ReadLines(PathOf(name)))
        {
            line++;
            BatchRow row;
            try
            {
                row = StatusLine.Read(text);
            }
            catch (InvalidDataException problem)
            {
                throw new InvalidDataException($"'{name}', line {line}: {problem.Message}", problem);
            }

            yield return row;
        }
    }

    /// <summary>The statistics of all chunks that are done.</summary>
    /// <exception cref="InvalidDataException">A chunk's reasons cannot be read; <see cref="Verify"/> tells all that is wrong.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public BatchStatistics Statistics() => Statistics(Enumerable.Range(0, Plan.ChunkCount));

    /// <summary>The statistics of those of some chunks that are done.</summary>
    /// <param name="chunks">Numbers of chunks, such as those of a shard (<see cref="BatchPlan.ChunksOf"/>).</param>
    /// <exception cref="InvalidDataException">A chunk's reasons cannot be read; <see cref="Verify"/> tells all that is wrong.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public BatchStatistics Statistics(IEnumerable<int> chunks)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        var sum = new BatchStatistics();
        foreach (int chunk in chunks)
        {
            if (Done(chunk) is { } record)
            {
                // Only reasons stand nowhere but in the rows.
                sum = sum.Merge(BatchStatistics.Of(record, record.Failed == 0 ? [] : Rows(chunk)));
            }
        }

        return sum;
    }

    /// <summary>The record of a chunk as it stands there, whether it fits or not.</summary>
    /// <param name="chunk">Number of the chunk.</param>
    /// <returns>The record; null where there is none.</returns>
    /// <exception cref="InvalidDataException">It cannot be read, or is not as it was written.</exception>
    internal ChunkRecord? ReadRecord(int chunk) =>
        FileOperations.Read(PathOf(BatchFileNames.Of(chunk, BatchFileNames.Done))) is { } bytes ? ChunkRecord.Read(bytes) : null;

    /// <summary>The path of a file of the folder.</summary>
    /// <param name="name">Its name.</param>
    internal string PathOf(string name) => System.IO.Path.Combine(Path, name);

    // The right to write a chunk's record, and with it the chunk.
    private PendingFile Take(int chunk)
    {
        _ = Plan.RangeOf(chunk);
        string name = BatchFileNames.Of(chunk, BatchFileNames.Done);
        return PendingFile.TryTake(_files, Path, name) ?? throw BatchBusyException.Of(PathOf(name));
    }

    private ChunkRecord? UsableRecord(int chunk)
    {
        try
        {
            return ReadRecord(chunk);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private void DeleteLeftovers(int chunk, PendingFile held)
    {
        foreach (string path in Directory.GetFiles(Path, BatchFileNames.TemporaryPattern(chunk)).Where(path => !held.Is(path)))
        {
            _files.Delete(path);
        }
    }

    private long? LengthOf(string name) => new FileInfo(PathOf(name)) is { Exists: true } file ? file.Length : null;
}
