namespace DiffSeg.Cli.Benchmarking.Machine;

/// <summary>Watches how much memory the process holds while something runs, a thousand times a second.</summary>
internal static class PeakMemory
{
    /// <summary>Runs an action and watches.</summary>
    /// <param name="action">What to run.</param>
    /// <returns>The most bytes of memory held above what was held before; 0 or more.</returns>
    public static long Above(Action action)
    {
        // Garbage of before would be held, and what is given back meanwhile would hide what is taken.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        long before = Environment.WorkingSet, peak = before;
        using var over = new ManualResetEventSlim();
        var watcher = new Thread(() =>
        {
            do
            {
                peak = Math.Max(peak, Environment.WorkingSet);
            }
            while (!over.Wait(1));
        });
        watcher.Start();
        try
        {
            action();
        }
        finally
        {
            over.Set();
            watcher.Join();
        }

        return Math.Max(peak, Environment.WorkingSet) - before;
    }
}
