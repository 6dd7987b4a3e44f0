using System.Diagnostics;

namespace DiffSeg.AspNetCore.Pool;

/// <summary>Measures the stages of one picture, one after the other.</summary>
/// <param name="report">Told the name of each stage and its time.</param>
internal sealed class StageClock(Action<string, TimeSpan> report)
{
    private long _begin = Stopwatch.GetTimestamp();

    /// <summary>Says that a stage is over; the next one begins.</summary>
    /// <param name="stage">Its name.</param>
    public void Passed(string stage)
    {
        long now = Stopwatch.GetTimestamp();
        report(stage, Stopwatch.GetElapsedTime(_begin, now));
        _begin = now;
    }
}
