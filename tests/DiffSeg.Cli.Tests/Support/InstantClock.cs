using System.Collections.Concurrent;

namespace DiffSeg.Cli.Tests.Support;

/// <summary>A clock whose waiting is over at once and written down.</summary>
internal sealed class InstantClock : TimeProvider
{
    /// <summary>The waits that were asked for, in their order.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow() => new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long GetTimestamp() => 0;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Enqueue(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
