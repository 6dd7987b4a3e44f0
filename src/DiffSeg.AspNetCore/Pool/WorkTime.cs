namespace DiffSeg.AspNetCore.Pool;

/// <summary>How long a picture takes, learnt from the last ones.</summary>
/// <param name="workers">How many are in work at once.</param>
internal sealed class WorkTime(int workers)
{
    private const double ShareOfTheLast = 0.2;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private double _seconds;

    /// <summary>Takes in the time of a picture.</summary>
    public void Add(TimeSpan time)
    {
        lock (_gate)
        {
            _seconds = _seconds == 0 ? time.TotalSeconds : (ShareOfTheLast * time.TotalSeconds) + ((1 - ShareOfTheLast) * _seconds);
        }
    }

    /// <summary>When so many pictures are done, 1 second to 1 minute, in whole seconds.</summary>
    public TimeSpan Until(int pictures)
    {
        double seconds;
        lock (_gate)
        {
            seconds = _seconds * pictures / workers;
        }

        return TimeSpan.FromSeconds(Math.Ceiling(Math.Clamp(seconds, Shortest.TotalSeconds, Longest.TotalSeconds)));
    }
}
