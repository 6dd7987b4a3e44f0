using System.Collections.Concurrent;
using DiffSeg.Batches;
using DiffSeg.Cli.Batching.Guarding;
using DiffSeg.Cli.Batching.Telling;
using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Segmenting;
using SegmentedImage = DiffSeg.Cli.Segmenting.SegmentedImage;

namespace DiffSeg.Cli.Batching.Running;

/// <summary>
/// Leads the images that are left through the segmenter and into chunks. Images that are known to be bad are not tried;
/// suspects are tried alone; where the machine fails and not the image, the image is tried again.
/// </summary>
/// <param name="rows">The images that are left.</param>
/// <param name="segmenter">Segments.</param>
/// <param name="sink">Takes the results.</param>
/// <param name="hand">Knows what is on its way.</param>
/// <param name="suspects">Knows the bad images.</param>
/// <param name="faults">Counts what the machine does wrong.</param>
/// <param name="proof">Shows that the machine is well.</param>
/// <param name="source">Knows where the images come from.</param>
/// <param name="meters">Are told.</param>
/// <param name="stop">Says what happens after a request to stop.</param>
/// <param name="progress">Is told of each result.</param>
/// <param name="log">Is told.</param>
/// <param name="clock">Measures.</param>
internal sealed class BatchRun(
    OpenRows rows,
    IImageSegmenter segmenter,
    ChunkSink sink,
    InHand hand,
    Suspects suspects,
    FaultCount faults,
    MachineProof proof,
    InputSources source,
    BatchMeters meters,
    StopPlan stop,
    BatchProgress progress,
    BatchLog log,
    TimeProvider clock) : ISegmentationVisitor
{
    private readonly ConcurrentQueue<BatchImage> _walked = new();
    private readonly StageTimes _times = new(clock);
    private volatile int _next;

    /// <summary>Does them.</summary>
    /// <exception cref="TemporaryException">It cannot go on here and now.</exception>
    public BatchEnd Execute()
    {
        progress.Begin();
        try
        {
            while (_next < rows.Count)
            {
                ThrowIfStopped();
                GoOnFrom(rows[_next]);
            }

            return BatchEnd.Done;
        }
        catch (StoppedException)
        {
            return BatchEnd.Stopped;
        }
    }

    void ISegmentationVisitor.Segmented(InputImage image, SegmentedImage result)
    {
        BatchImage row = Leave(image);
        faults.Forget();
        suspects.Clear(row.Index);
        sink.Add(row, result);
        Advance(row);
        GoOn();
    }

    void ISegmentationVisitor.Failed(InputImage image, Exception problem)
    {
        BatchImage row = Leave(image);
        string reason = FailureText.Of(problem);
        if (!FaultCount.IsOfMachine(problem))
        {
            source.ThrowIfGone();
            if (!InputSources.CanOpen(image.Path))
            {
                faults.Doubt();
            }
        }
        else if (faults.TryAgain(row, reason))
        {
            throw new TryAgainException();
        }

        Fail(row, reason);
        GoOn();
    }

    private void GoOnFrom(BatchImage image)
    {
        try
        {
            if (suspects.Verdict(image.Index) is { } reason)
            {
                Fail(image, reason);
            }
            else
            {
                Walk();
            }
        }
        catch (UnprovenException last)
        {
            if (!proof.TryGive(last.Image, last.Message))
            {
                throw new StoppedException();
            }

            Fail(last.Image, last.Message);
        }
    }

    // The last of a chunk makes the failures of all of it final.
    private void Fail(BatchImage row, string reason)
    {
        if (row.RowsAfter == 0 && faults.IsDoubted)
        {
            throw new UnprovenException(row, reason);
        }

        sink.Fail(row, reason);
        Advance(row);
    }

    // From the next image to the end, to one that is not to be tried with others, or to a fault of the machine.
    private void Walk()
    {
        int before = _next;
        try
        {
            _times.Begin();
            segmenter.Segment(Images(before), this, CancellationToken.None);
        }
        catch (TryAgainException)
        {
            return;
        }
        finally
        {
            hand.Clear();
            _walked.Clear();
        }

        if (_next == before)
        {
            throw new InvalidOperationException("The segmenter came to an end without a word about the images it was given.");
        }
    }

    // Walked on the segmenter's thread, an image or two ahead.
    private IEnumerable<InputImage> Images(int from)
    {
        for (int place = from; place < rows.Count; place++)
        {
            BatchImage image = rows[place];
            bool suspect = suspects.Of(image.Index) is not null;
            bool isOfNextChunk = stop.IsAsked && image.Chunk != rows.ChunkAt(Math.Min(_next, rows.Count - 1));
            if (place > from && (suspect || isOfNextChunk))
            {
                yield break;
            }

            _walked.Enqueue(image);
            hand.Take(image);
            yield return image.Input;
            if (suspect)
            {
                yield break;
            }
        }
    }

    private BatchImage Leave(InputImage image)
    {
        if (!_walked.TryDequeue(out BatchImage? row) || !ReferenceEquals(row.Input, image))
        {
            throw new InvalidOperationException("The segmenter told of images in another order than it was given them.");
        }

        hand.Leave();
        meters.Stage("segment", _times.Segmented());
        return row;
    }

    private void Advance(BatchImage row)
    {
        progress.Add();
        _next++;
        if (row.RowsAfter > 0)
        {
            if (!stop.MayFinish(row.Chunk, row.RowsAfter, progress.Each))
            {
                throw new StoppedException();
            }

            return;
        }

        (ChunkRecord record, TimeSpan write, TimeSpan flush) = sink.Complete();
        for (int index = record.First; index < record.First + record.Images; index++)
        {
            suspects.Clear(index);
        }

        (TimeSpan all, TimeSpan segment) = _times.OfChunk();
        ChainStages.Times chain = meters.Chain.Take();
        log.ChunkDone(
            row.Chunk, record.Images, all.TotalSeconds, record.Images / Math.Max(1e-9, all.TotalSeconds), record.Failed, record.Segments,
            segment.TotalSeconds, chain.Load, chain.Model, chain.Merge, write.TotalSeconds, flush.TotalSeconds, rows.Count - _next);
        ThrowIfStopped();
    }

    private void GoOn()
    {
        _times.Begin();
        hand.GoOn();
    }

    private void ThrowIfStopped()
    {
        if (stop.IsAsked && _next < rows.Count)
        {
            throw new StoppedException();
        }
    }

    private sealed class StoppedException : Exception;

    private sealed class TryAgainException : Exception;

    private sealed class UnprovenException(BatchImage image, string reason) : Exception(reason)
    {
        public BatchImage Image => image;
    }
}
