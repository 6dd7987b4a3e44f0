using System.Diagnostics;
using DiffSeg.AspNetCore.Metrics;
using DiffSeg.AspNetCore.Pool;

namespace DiffSeg.AspNetCore;

/// <summary>
/// Segments pictures for any number of threads: one attention model, a few workers, and a queue of limited length. Had from the
/// services after <c>AddDiffSeg</c>.
/// </summary>
/// <remarks>
/// Equal pictures and settings give equal masks, whoever else asks at the same time. Disposed with the services: pictures that
/// wait are finished first.
/// </remarks>
public sealed class SegmentationPool : IDisposable
{
    private readonly IPictureSegmenter _segmenter;
    private readonly ServiceMeter _meter;
    private readonly WorkQueue _queue;
    private readonly WorkTime _time;
    private readonly Thread[] _workers;
    private readonly long _mostBytes;
    private int _faults;
    private volatile Exception? _lastFault;

    /// <summary>Starts the workers.</summary>
    /// <param name="segmenter">What they do; belongs to the pool from now on.</param>
    /// <param name="options">The checked settings.</param>
    /// <param name="meter">Told what happens.</param>
    internal SegmentationPool(IPictureSegmenter segmenter, SegmentationServiceOptions options, ServiceMeter meter)
    {
        _segmenter = segmenter;
        _meter = meter;
        _queue = new WorkQueue(options.Workers, options.QueueLength);
        _time = new WorkTime(options.Workers);
        _mostBytes = options.Limits.MaxFileBytes;
        _workers = [.. Enumerable.Range(1, options.Workers).Select(number => new Thread(Work) { Name = $"DiffSeg {number}", IsBackground = true })];
        meter.Watch(_queue);
        foreach (Thread worker in _workers)
        {
            worker.Start();
        }
    }

    /// <summary>The settings of pictures that come without their own; change them by <c>Options with { KlThreshold = 0.8f }</c>.</summary>
    public DiffSegOptions Options => _segmenter.Options;

    /// <summary>Whether a picture that comes now is refused.</summary>
    internal bool IsFull => _queue.IsFull;

    /// <summary>Pictures that wait for a worker.</summary>
    internal int Waiting => _queue.Waiting;

    /// <summary>When there is likely room again.</summary>
    internal TimeSpan RetryAfter => _time.Until(_queue.Waiting);

    /// <summary>Pictures in a row that failed through no fault of their own.</summary>
    internal int Faults => Volatile.Read(ref _faults);

    /// <summary>What the last of them failed with.</summary>
    internal Exception? LastFault => _lastFault;

    /// <summary>How long all workers have been at pictures without one of them coming to an end; zero while one is free.</summary>
    internal TimeSpan Stalled => _queue.Stalled;

    /// <summary>Segments a picture.</summary>
    /// <param name="picture">The bytes of a JPEG, PNG, GIF, BMP or WebP file; must stay as they are until the task is over.</param>
    /// <param name="options">The settings; null for <see cref="Options"/>.</param>
    /// <param name="cancellationToken">
    /// A picture that waits leaves the queue at once; one in work ends soon, but a run of the model comes to its end.
    /// </param>
    /// <returns>The mask, in the picture's size, with the picture; EXIF orientation is not applied.</returns>
    /// <exception cref="PictureRefusedException">
    /// The bytes are no whole picture, or a larger one than the limits allow, or the picture cannot be segmented.
    /// </exception>
    /// <exception cref="SegmentationQueueFullException">As many pictures wait as may.</exception>
    /// <exception cref="ArgumentException">More anchors per side than the model's attention has tokens.</exception>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<Segmentation> SegmentAsync(
        ReadOnlyMemory<byte> picture, DiffSegOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(picture, options, mask => mask, cancellationToken);

    /// <summary>Reads a picture to its end and segments it.</summary>
    /// <param name="picture">A JPEG, PNG, GIF, BMP or WebP file. At most one byte more than the limits allow is read.</param>
    /// <param name="options">As for bytes.</param>
    /// <param name="cancellationToken">As for bytes.</param>
    /// <returns>As for bytes.</returns>
    /// <exception cref="PictureRefusedException">As for bytes.</exception>
    /// <exception cref="SegmentationQueueFullException">As many pictures wait as may.</exception>
    /// <exception cref="ArgumentException">More anchors per side than the model's attention has tokens.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<Segmentation> SegmentAsync(
        Stream picture, DiffSegOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using PictureBuffer bytes = await PictureBuffer.ReadAsync(picture, _mostBytes, cancellationToken).ConfigureAwait(false);
        return await SegmentAsync(bytes.Memory, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes no more pictures, finishes those that wait, and closes the model; a run of it that hangs is waited for.</summary>
    public void Dispose()
    {
        _queue.Close();
        foreach (Thread worker in _workers)
        {
            worker.Join();
        }

        _segmenter.Dispose();
    }

    /// <summary>Turns a picture away before anything of it is read.</summary>
    /// <exception cref="SegmentationQueueFullException">As many pictures wait as may.</exception>
    internal void CheckRoom()
    {
        if (_queue.IsFull)
        {
            throw Full();
        }
    }

    /// <summary>Segments a picture and makes something of its mask, both on a worker's thread.</summary>
    internal async Task<T> RunAsync<T>(
        ReadOnlyMemory<byte> picture, DiffSegOptions? options, Func<Segmentation, T> finish, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var job = new Job<T>(picture, options ?? Options, finish, cancellationToken);
        if (!_queue.TryAdd(job))
        {
            throw Full();
        }

        using CancellationTokenRegistration leaving = cancellationToken.UnsafeRegister(_ => Leave(job), null);
        return await job.Result.ConfigureAwait(false);
    }

    private SegmentationQueueFullException Full()
    {
        _meter.Outcome(PoolOutcome.Full);
        return new SegmentationQueueFullException(RetryAfter);
    }

    private void Leave(Job job)
    {
        if (_queue.Remove(job))
        {
            _meter.Outcome(PoolOutcome.Cancelled);
            job.GiveUp();
        }
    }

    private void Work()
    {
        while (_queue.Take() is { } job)
        {
            long begin = Stopwatch.GetTimestamp();
            Exception? problem = job.Run(_segmenter, _meter);
            PoolOutcome outcome = PoolOutcome.Of(problem);
            if (outcome == PoolOutcome.Segmented)
            {
                _time.Add(Stopwatch.GetElapsedTime(begin));
            }

            Remember(outcome, problem);
            _meter.Outcome(outcome);

            // Who waits may come back at once: by then there is room.
            _queue.Finished();
            job.Answer();
        }
    }

    // Bad pictures say nothing about the machine; good ones say that it is well.
    private void Remember(PoolOutcome outcome, Exception? problem)
    {
        if (outcome == PoolOutcome.Failed)
        {
            _lastFault = problem;
            Interlocked.Increment(ref _faults);
        }
        else if (outcome == PoolOutcome.Segmented)
        {
            Volatile.Write(ref _faults, 0);
        }
    }
}
