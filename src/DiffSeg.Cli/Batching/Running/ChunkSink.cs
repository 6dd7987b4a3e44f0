using DiffSeg.Batches;
using DiffSeg.Cli.Batching.Telling;
using DiffSeg.Cli.Pulling;
using DiffSeg.Cli.Reporting;
using DiffSeg.Cli.Segmenting;

namespace DiffSeg.Cli.Batching.Running;

/// <summary>
/// Takes results image by image and writes them into chunks. A mask is compressed and written while the next image is
/// segmented; never more than one waits, so memory does not depend on the number of images.
/// </summary>
/// <param name="folder">The batch.</param>
/// <param name="minFree">Bytes that must be free before a chunk is begun.</param>
/// <param name="freeIn">Bytes that are free in a folder.</param>
/// <param name="meters">Are told.</param>
/// <param name="log">Is told.</param>
/// <param name="clock">Measures.</param>
internal sealed class ChunkSink(
    BatchFolder folder, long minFree, Func<string, long> freeIn, BatchMeters meters, BatchLog log, TimeProvider clock) : IDisposable
{
    private ChunkWriter? _writer;
    private Task _writing = Task.CompletedTask;
    private TimeSpan _writeTime;
    private long _largest;

    /// <summary>Images that failed in this run, those of a chunk in hand among them.</summary>
    public int Failed { get; private set; }

    /// <summary>Adds the mask of the next image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="result">Its mask; disposed here.</param>
    /// <exception cref="TemporaryException">The folder cannot be written to.</exception>
    public void Add(BatchImage image, SegmentedImage result)
    {
        ChunkWriter writer = Begin(image);
        _writing = Task.Run(() =>
        {
            using (result)
            {
                long begin = clock.GetTimestamp();
                writer.Add(image.Id, result.Labels.Span, result.Height, result.Width);
                _writeTime += Told("write", begin);
                meters.Image(ok: true, result.Segments);
            }
        });
    }

    /// <summary>Adds the next image as one that failed.</summary>
    /// <param name="image">The image.</param>
    /// <param name="reason">Why; follows its name in a sentence.</param>
    /// <exception cref="TemporaryException">The folder cannot be written to.</exception>
    public void Fail(BatchImage image, string reason)
    {
        ChunkWriter writer = Begin(image);
        Guarded(() => writer.AddFailure(image.Id, reason));
        Failed++;
        meters.Image(ok: false, 0);
        log.ImageFailed(image.Id, image.Index, reason);
    }

    /// <summary>Completes the chunk, all of whose images were added.</summary>
    /// <returns>Its record, and the time that was spent writing and bringing it to the disk.</returns>
    /// <exception cref="TemporaryException">The folder cannot be written to.</exception>
    public (ChunkRecord Record, TimeSpan Write, TimeSpan Flush) Complete()
    {
        FinishWriting();
        long begin = clock.GetTimestamp();
        ChunkRecord record = null!;
        Guarded(() => record = _writer!.Complete());
        TimeSpan flush = Told("flush", begin), write = _writeTime;
        _writer!.Dispose();
        _writer = null;
        _writeTime = TimeSpan.Zero;
        long bytes = record.Files.Sum(file => file.Bytes);
        _largest = Math.Max(_largest, bytes);
        meters.Chunk(bytes);
        return (record, write, flush);
    }

    /// <summary>Drops a chunk that is not complete.</summary>
    public void Dispose()
    {
        try
        {
            FinishWriting();
        }
        catch (TemporaryException)
        {
            // Told already, or about to be: the chunk is dropped whatever the reason.
        }

        _writer?.Dispose();
        _writer = null;
    }

    private ChunkWriter Begin(BatchImage image)
    {
        FinishWriting();
        if (_writer is null)
        {
            CheckRoom();
            Guarded(() => _writer = folder.Begin(image.Chunk));
        }

        return _writer!;
    }

    // Twice what the largest chunk took: what is compressed well now may not be next time.
    private void CheckRoom()
    {
        long needed = Math.Max(minFree, 2 * _largest), free = freeIn(folder.Path);
        if (free < needed)
        {
            throw new TemporaryException(
                $"the disk of '{folder.Path}' is nearly full: {ByteSize.Text(free)} are free, and {ByteSize.Text(needed)} are kept free for a chunk (--min-free)");
        }
    }

    private void FinishWriting()
    {
        Task writing = _writing;
        _writing = Task.CompletedTask;
        Guarded(() => writing.GetAwaiter().GetResult());
    }

    private TimeSpan Told(string stage, long begin)
    {
        TimeSpan time = clock.GetElapsedTime(begin);
        meters.Stage(stage, time);
        return time;
    }

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new TemporaryException(
                problem is IOException io && DiskSpace.IsFull(io)
                    ? $"the disk of '{folder.Path}' is full; what was begun of the chunk is removed"
                    : $"results cannot be written: {problem.Message.TrimEnd('.')}",
                problem);
        }
    }
}
