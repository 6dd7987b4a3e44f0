using DiffSeg.Cli.Batching.Telling;

namespace DiffSeg.Cli.Batching.Running;

/// <summary>
/// What happens after the request to stop: the image in hand is finished; the chunk in hand too if the time that is granted
/// is enough for it at the rate so far, else it is dropped and done again next time.
/// </summary>
/// <param name="grace">The longest from the request to the end.</param>
/// <param name="log">Is told.</param>
/// <param name="clock">Measures.</param>
/// <param name="stop">The request.</param>
internal sealed class StopPlan(TimeSpan grace, BatchLog log, TimeProvider clock, CancellationToken stop)
{
    // Images are not alike, and the chunk must be brought to the disk.
    private const double Caution = 1.2;
    private const long Never = long.MinValue;

    private long _asked = Never;
    private bool _told;

    /// <summary>Whether the process was asked to stop; looked at often, for the time counts from the first look after it.</summary>
    public bool IsAsked
    {
        get
        {
            if (stop.IsCancellationRequested)
            {
                Interlocked.CompareExchange(ref _asked, clock.GetTimestamp(), Never);
            }

            return Volatile.Read(ref _asked) != Never;
        }
    }

    /// <summary>Whether the time that was granted is over.</summary>
    public bool IsOver => IsAsked && clock.GetElapsedTime(Volatile.Read(ref _asked)) > grace;

    /// <summary>Whether to go on with the chunk in hand.</summary>
    /// <param name="chunk">Its number.</param>
    /// <param name="left">Images that are left of it.</param>
    /// <param name="each">Time per image so far.</param>
    public bool MayFinish(int chunk, int left, TimeSpan each)
    {
        if (!IsAsked)
        {
            return true;
        }

        TimeSpan granted = grace - clock.GetElapsedTime(Volatile.Read(ref _asked));
        bool finish = each * left * Caution <= granted;
        if (!_told || !finish)
        {
            _told = true;
            log.Stopping(left, chunk, each.TotalSeconds, granted.TotalSeconds, finish ? "the chunk is finished first" : "the chunk is dropped");
        }

        return finish;
    }
}
