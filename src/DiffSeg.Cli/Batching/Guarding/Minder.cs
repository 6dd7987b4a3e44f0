namespace DiffSeg.Cli.Batching.Guarding;

/// <summary>Looks after things at an interval, on a thread of its own: the pool's may all be in the hands of what hangs.</summary>
internal sealed class Minder : IDisposable
{
    private readonly ManualResetEventSlim _over = new();
    private readonly Thread _thread;

    /// <summary>Begins.</summary>
    /// <param name="interval">Time between two looks.</param>
    /// <param name="look">Looks; must not throw.</param>
    public Minder(TimeSpan interval, Action look)
    {
        _thread = new Thread(() =>
        {
            while (!_over.Wait(interval))
            {
                look();
            }
        })
        {
            IsBackground = true,
            Name = "diffseg minder",
        };
        _thread.Start();
    }

    /// <summary>Ends; waits for the last look.</summary>
    public void Dispose()
    {
        _over.Set();
        _thread.Join();
        _over.Dispose();
    }
}
