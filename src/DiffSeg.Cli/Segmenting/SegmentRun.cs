using System.Collections.Concurrent;
using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Output;
using DiffSeg.Cli.Reporting;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.Segmenting;

/// <summary>
/// Leads pictures through the segmenter and its results into files. A picture that fails anywhere on the way is reported
/// and skipped. While the files of one picture are written (the overlay's PNG takes its time), the next one is segmented;
/// there are never more than these two, so memory does not depend on the number of pictures.
/// </summary>
internal sealed class SegmentRun(IImageSegmenter segmenter, ResultFiles files, IRunProgress progress, TimeProvider clock)
    : ISegmentationVisitor
{
    // Every picture that was looked at and not yet told of, in order, with what is wrong with it.
    private readonly ConcurrentQueue<(InputImage Image, string? Problem)> _looked = new();
    private int _done;
    private int _failed;
    private int _segments;
    private long _since;
    private Task _writing = Task.CompletedTask;

    /// <summary>Segments the pictures.</summary>
    /// <param name="images">All of them.</param>
    /// <param name="cancellationToken">Stops the run between two pictures.</param>
    public RunResult Execute(IReadOnlyList<InputImage> images, CancellationToken cancellationToken)
    {
        long begin = _since = clock.GetTimestamp();
        bool cancelled = false;
        try
        {
            segmenter.Segment(Readable(images), this, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            cancelled = true;
        }
        finally
        {
            FinishWriting();
        }

        if (!cancelled)
        {
            SkipUnreadable();
        }

        files.Complete();
        return new RunResult(images.Count, _done, _failed, _segments, clock.GetElapsedTime(begin), cancelled);
    }

    void ISegmentationVisitor.Segmented(InputImage image, SegmentedImage result)
    {
        FinishWriting();
        SkipUpTo(image);
        _writing = Task.Run(() => Write(image, result));
    }

    void ISegmentationVisitor.Failed(InputImage image, Exception problem)
    {
        SkipUpTo(image);
        Skip(image, FailureText.Of(problem));
    }

    // Walked by the segmenter as it goes, on a thread of its own: a file is looked at just before its turn, and what is
    // wrong with it is told when its turn has come.
    private IEnumerable<InputImage> Readable(IReadOnlyList<InputImage> images)
    {
        foreach (InputImage image in images)
        {
            string? problem = PictureFile.Problem(image.Path)?.Text;
            _looked.Enqueue((image, problem));
            if (problem is null)
            {
                yield return image;
            }
        }
    }

    private void SkipUpTo(InputImage image)
    {
        SkipUnreadable();
        if (!_looked.TryDequeue(out (InputImage Image, string? Problem) next) || !ReferenceEquals(next.Image, image))
        {
            throw new InvalidOperationException("The segmenter told of pictures in another order than it was given them.");
        }
    }

    private void SkipUnreadable()
    {
        while (_looked.TryPeek(out (InputImage Image, string? Problem) next) && next.Problem is { } problem)
        {
            _looked.TryDequeue(out _);
            Skip(next.Image, problem);
        }
    }

    private void Write(InputImage image, SegmentedImage result)
    {
        using (result)
        {
            try
            {
                files.Write(image, result);
            }
            catch (Exception problem)
            {
                // The image library has exceptions of its own for a full disk.
                Report(image, $"its results cannot be written: {problem.Message}");
                return;
            }

            _done++;
            _segments += result.Segments;
            progress.Done(new ImageResult(image, result.Height, result.Width, result.Segments, Lap()));
        }
    }

    // Everything that is counted or reported waits for the picture before: one at a time, in the pictures' order.
    private void FinishWriting() => _writing.GetAwaiter().GetResult();

    private void Skip(InputImage image, string reason)
    {
        FinishWriting();
        Report(image, reason);
    }

    private void Report(InputImage image, string reason)
    {
        _failed++;
        Lap();
        progress.Failed(image, reason);
    }

    private TimeSpan Lap()
    {
        TimeSpan time = clock.GetElapsedTime(_since);
        _since = clock.GetTimestamp();
        return time;
    }
}
