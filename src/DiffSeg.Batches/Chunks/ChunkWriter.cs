using System.IO.Hashing;
using DiffSeg.Batches.Files;
using DiffSeg.Batches.Masks;

namespace DiffSeg.Batches;

/// <summary>
/// Writes a chunk, image by image in the order of the list: whole or not at all. Nothing of it has its name before
/// <see cref="Complete"/>. Memory does not depend on the number of images. Not thread-safe.
/// </summary>
public sealed class ChunkWriter : IDisposable
{
    private readonly PendingFile _record;
    private readonly HashedFile _maskFile;
    private readonly HashedFile _statusFile;
    private readonly IMaskSink _masks;
    private readonly LabelCount _labels = new();
    private readonly XxHash64 _images = new();
    private readonly BatchPlan _plan;
    private readonly int _chunk;
    private int _added, _failed;
    private long _segments;
    private bool _ended;

    private ChunkWriter(BatchPlan plan, int chunk, PendingFile record, HashedFile maskFile, HashedFile statusFile)
    {
        (_plan, _chunk, Range) = (plan, chunk, plan.RangeOf(chunk));
        (_record, _maskFile, _statusFile) = (record, maskFile, statusFile);
        _masks = MaskFile.Sink(plan.Format, maskFile);
    }

    /// <summary>The images of the chunk.</summary>
    public ChunkRange Range { get; }

    /// <summary>Images added so far.</summary>
    public int Added => _added;

    // Takes over the right to write the record.
    internal static ChunkWriter Begin(FileOperations files, string folder, BatchPlan plan, int chunk, PendingFile record)
    {
        var masks = new HashedFile(files, folder, BatchFileNames.Of(chunk, BatchFileNames.Masks(plan.Format)));
        HashedFile? rows = null;
        try
        {
            rows = new HashedFile(files, folder, BatchFileNames.Of(chunk, BatchFileNames.Status));
            return new ChunkWriter(plan, chunk, record, masks, rows);
        }
        catch
        {
            using (masks)
            {
                rows?.Dispose();
            }

            throw;
        }
    }

    /// <summary>Adds the mask of the next image.</summary>
    /// <param name="image">The image's id.</param>
    /// <param name="labels">Height x width labels, row-major; each that occurs is a segment.</param>
    /// <param name="height">Height in pixels, more than 0.</param>
    /// <param name="width">Width in pixels, more than 0.</param>
    /// <exception cref="ArgumentException">The id cannot be written, or the number of labels is not height x width.</exception>
    /// <exception cref="InvalidOperationException">The chunk has all its images, or is complete.</exception>
    /// <exception cref="IOException">The file system refuses; the chunk cannot be completed any more.</exception>
    public void Add(string image, ReadOnlySpan<ushort> labels, int height, int width)
    {
        byte[] id = ImageId.Bytes(image);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (labels.Length != (long)height * width)
        {
            throw new ArgumentException(
                $"A mask of {height} x {width} has {(long)height * width} labels, but {labels.Length} were given.", nameof(labels));
        }

        int index = Next();
        int segments = _labels.Of(labels);

        // Half a mask in the file is the end of the chunk.
        _ended = true;
        _masks.Add(index, image, labels, height, width);
        Write(new BatchRow(index, image, height, width, segments, null), id);
        _segments += segments;
    }

    /// <summary>Adds the next image as one without a mask.</summary>
    /// <param name="image">The image's id.</param>
    /// <param name="reason">
    /// Why; kept in one line. It must be the same wherever the batch runs: no time, no name of a machine or of a folder.
    /// </param>
    /// <exception cref="ArgumentException">The id cannot be written, or there is no reason.</exception>
    /// <exception cref="InvalidOperationException">The chunk has all its images, or is complete.</exception>
    /// <exception cref="IOException">The file system refuses; the chunk cannot be completed any more.</exception>
    public void AddFailure(string image, string reason)
    {
        byte[] id = ImageId.Bytes(image);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Write(new BatchRow(Next(), image, 0, 0, 0, FailureReason.OneLine(reason)), id);
        _failed++;
    }

    /// <summary>Brings the files to the disk, gives them their names, and writes the record that says so.</summary>
    /// <returns>The record.</returns>
    /// <exception cref="InvalidOperationException">
    /// Images are missing, or are not those that this process made the plan of; or the chunk is complete.
    /// </exception>
    /// <exception cref="IOException">The file system refuses; the chunk is not done.</exception>
    public ChunkRecord Complete()
    {
        ThrowIfEnded();
        if (_added != Range.Count)
        {
            throw new InvalidOperationException($"Chunk {_chunk} has {Range.Count} images; {_added} were added.");
        }

        if (_plan.HashOf(_chunk) is { } planned && planned != _images.GetCurrentHashAsUInt64())
        {
            throw new InvalidOperationException(
                $"Chunk {_chunk} was given other images than were planned, or in another order. The list must give the same images "
                + "in the same order each time it is read.");
        }

        _ended = true;
        _masks.Finish();
        ChunkRecord record = new()
        {
            Chunk = _chunk,
            First = Range.First,
            Images = _added,
            Succeeded = _added - _failed,
            Failed = _failed,
            Segments = _segments,
            PlanSha256 = _plan.Sha256,
            Compressor = MaskFile.Compressor(_plan.Format),
            Files = [_maskFile.Finish(), _statusFile.Finish()],
        };
        _maskFile.Rename();
        _statusFile.Rename();
        _record.Commit(record.ToBytes());
        return record;
    }

    /// <summary>Deletes what was not completed, and lets others write the chunk.</summary>
    public void Dispose()
    {
        _ended = true;
        _masks.Dispose();

        // The right to write the chunk goes last.
        using (_record)
        using (_maskFile)
        {
            _statusFile.Dispose();
        }
    }

    private void Write(BatchRow row, ReadOnlySpan<byte> id)
    {
        _ended = true;
        _statusFile.Write(StatusLine.Bytes(row));
        _images.Append(id);
        _added++;
        _ended = false;
    }

    private int Next()
    {
        ThrowIfEnded();
        return _added < Range.Count
            ? Range.First + _added
            : throw new InvalidOperationException($"Chunk {_chunk} has its {Range.Count} images; there is no place for another.");
    }

    private void ThrowIfEnded()
    {
        if (_ended)
        {
            throw new InvalidOperationException($"Chunk {_chunk} is complete or given up; begin it anew.");
        }
    }
}
