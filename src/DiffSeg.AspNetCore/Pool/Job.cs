using System.Diagnostics;
using DiffSeg.AspNetCore.Metrics;

namespace DiffSeg.AspNetCore.Pool;

/// <summary>A picture that somebody waits for.</summary>
internal abstract class Job
{
    /// <summary>Where it stands in the queue; null when it does not. The queue's own.</summary>
    public LinkedListNode<Job>? Place { get; set; }

    /// <summary>Does the work. Throws nothing: what goes wrong is told to who waits.</summary>
    /// <param name="segmenter">Segments the picture.</param>
    /// <param name="meter">Told the times.</param>
    /// <returns>What was thrown; null when all went well.</returns>
    public abstract Exception? Run(IPictureSegmenter segmenter, ServiceMeter meter);

    /// <summary>Tells who waits what came of the work.</summary>
    public abstract void Answer();

    /// <summary>Tells who waits that nothing is coming; for a job that no worker has taken.</summary>
    public abstract void GiveUp();
}

/// <summary>A picture that somebody waits for, and what is made of its mask on the worker's thread.</summary>
/// <param name="picture">The bytes of a picture file; read until <see cref="Result"/> is there.</param>
/// <param name="options">The settings.</param>
/// <param name="finish">Makes the result of the mask.</param>
/// <param name="cancellationToken">Ends the work.</param>
/// <typeparam name="T">Type of the result.</typeparam>
internal sealed class Job<T>(
    ReadOnlyMemory<byte> picture, DiffSegOptions options, Func<Segmentation, T> finish, CancellationToken cancellationToken) : Job
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _begin = Stopwatch.GetTimestamp();
    private Action _answer = () => { };

    public Task<T> Result => _result.Task;

    public override Exception? Run(IPictureSegmenter segmenter, ServiceMeter meter)
    {
        meter.Stage("wait", Stopwatch.GetElapsedTime(_begin));
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var stages = new StageClock(meter.Stage);
            T result = finish(segmenter.Segment(picture, options, stages, cancellationToken));
            stages.Passed("finish");
            _answer = () => _result.SetResult(result);
            return null;
        }
        catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested)
        {
            _answer = GiveUp;
            return cancelled;
        }
        catch (Exception thrown)
        {
            // Who waits must not take for his own end what nobody asked for.
            Exception problem = thrown is OperationCanceledException
                ? new InvalidOperationException("The work was cancelled, though nobody asked for it.", thrown)
                : thrown;
            _answer = () => _result.SetException(problem);
            return problem;
        }
    }

    public override void Answer() => _answer();

    public override void GiveUp() => _result.SetCanceled(cancellationToken);
}
