using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Output;
using DiffSeg.Cli.Reporting;

namespace DiffSeg.Cli.Segmenting;

/// <summary>
/// Leads pictures through the segmenter and its results into files. A picture that fails anywhere on the way is reported
/// and skipped. Pictures come and go one at a time, so memory does not depend on their number.
/// </summary>
internal sealed class SegmentRun(IImageSegmenter segmenter, ResultFiles files, IRunProgress progress, TimeProvider clock)
    : ISegmentationVisitor
{
    private int _done;
    private int _failed;
    private int _segments;
    private long _since;

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

        files.Complete();
        return new RunResult(images.Count, _done, _failed, _segments, clock.GetElapsedTime(begin), cancelled);
    }

    void ISegmentationVisitor.Segmented(InputImage image, SegmentedImage result)
    {
        try
        {
            files.Write(image, result);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Report(image, $"its results cannot be written: {problem.Message}");
            return;
        }

        _done++;
        _segments += result.Segments;
        progress.Done(new ImageResult(image, result.Height, result.Width, result.Segments, Lap()));
    }

    void ISegmentationVisitor.Failed(InputImage image, Exception problem) => Report(image, FailureText.Of(problem));

    // Walked by the segmenter as it goes: a file is looked at just before its turn.
    private IEnumerable<InputImage> Readable(IReadOnlyList<InputImage> images)
    {
        foreach (InputImage image in images)
        {
            if (PictureFile.Problem(image.Path) is { } problem)
                Report(image, problem);
            else
                yield return image;
        }
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
