namespace DiffSeg.Cli.Batching.Running;

/// <summary>How long a chunk took, and how much of that was waiting for the segmenter.</summary>
/// <param name="clock">Measures.</param>
internal sealed class StageTimes(TimeProvider clock)
{
    private long _chunk = clock.GetTimestamp();
    private long _since = clock.GetTimestamp();
    private TimeSpan _segment;

    /// <summary>The segmenter is waited for.</summary>
    public void Begin() => _since = clock.GetTimestamp();

    /// <summary>It gave a result.</summary>
    /// <returns>The time since it was waited for.</returns>
    public TimeSpan Segmented()
    {
        TimeSpan time = clock.GetElapsedTime(_since);
        _segment += time;
        return time;
    }

    /// <summary>The times since the chunk before; begins anew.</summary>
    public (TimeSpan All, TimeSpan Segment) OfChunk()
    {
        (TimeSpan All, TimeSpan Segment) times = (clock.GetElapsedTime(_chunk), _segment);
        (_chunk, _segment) = (clock.GetTimestamp(), TimeSpan.Zero);
        return times;
    }
}
