namespace DiffSeg.Cli.Serving;

/// <summary>
/// Sees to it that the process ends when the time that is granted after the request to stop is over, whatever hangs: a run of
/// the model cannot be interrupted. On a thread of its own, as the pool's may all be in the hands of what hangs.
/// </summary>
internal sealed class GraceLimit : IDisposable
{
    private readonly ManualResetEvent _over = new(initialState: false);
    private readonly Thread _thread;

    /// <summary>Waits for the request to stop from now on.</summary>
    /// <param name="grace">The time from the request to the end.</param>
    /// <param name="end">Ends the process; must not throw.</param>
    /// <param name="stop">The request to stop.</param>
    public GraceLimit(TimeSpan grace, Action end, CancellationToken stop)
    {
        _thread = new Thread(() =>
        {
            if (WaitHandle.WaitAny([_over, stop.WaitHandle]) != 0 && !_over.WaitOne(grace))
            {
                end();
            }
        })
        {
            IsBackground = true,
            Name = "diffseg grace",
        };
        _thread.Start();
    }

    /// <summary>All has come to its end in time; waits where the process is just being ended.</summary>
    public void Dispose()
    {
        _over.Set();
        _thread.Join();
        _over.Dispose();
    }
}
