namespace DiffSeg.Cli.Batching.Running;

/// <summary>How far a shard is; read by the heartbeat and the meters while the run goes on.</summary>
/// <param name="clock">Measures.</param>
/// <param name="left">Images that are left at the start.</param>
internal sealed class BatchProgress(TimeProvider clock, int left)
{
    private long _begin = clock.GetTimestamp();
    private int _now;

    /// <summary>Images with a result in this run, those of a chunk in hand among them.</summary>
    public int Now => Volatile.Read(ref _now);

    /// <summary>Images without one.</summary>
    public int Left => left - Now;

    /// <summary>Time since the start.</summary>
    public TimeSpan Time => clock.GetElapsedTime(_begin);

    /// <summary>Time per image so far; zero before the first.</summary>
    public TimeSpan Each => Now == 0 ? TimeSpan.Zero : Time / Now;

    /// <summary>Images a second so far.</summary>
    public double Rate => Time > TimeSpan.Zero ? Now / Time.TotalSeconds : 0;

    /// <summary>The first image is begun: what was before does not count.</summary>
    public void Begin() => _begin = clock.GetTimestamp();

    /// <summary>One more image has a result.</summary>
    public void Add() => Interlocked.Increment(ref _now);
}
