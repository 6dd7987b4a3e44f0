namespace DiffSeg;

/// <summary>Work on disjoint ranges of rows, on as many threads as asked for.</summary>
/// <remarks>
/// Every row is computed by one thread in an order of its own, so no result depends on how the ranges fall. The calling
/// thread works too, so that a busy thread pool costs time but never blocks; nested calls are fine. Allocates nothing
/// once warm: pass a delegate that is kept, not a lambda that captures.
/// </remarks>
internal static class RowParallel
{
    /// <summary>Calls <paramref name="body"/> for consecutive ranges [from, to) that together cover [0, count).</summary>
    /// <param name="count">Rows in all.</param>
    /// <param name="grain">Rows per range, at least 1.</param>
    /// <param name="degree">Threads at most; -1 for all cores.</param>
    /// <param name="body">Called with from and to; must only write what belongs to its rows.</param>
    /// <param name="cancellationToken">Looked at before each range.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the last range began.</exception>
    public static void For(
        int count, int grain, int degree, Action<int, int> body, CancellationToken cancellationToken = default)
    {
        int ranges = (int)(((long)count + grain - 1) / grain);
        int threads = Math.Min(degree == -1 ? Environment.ProcessorCount : degree, ranges);
        if (threads > 1)
        {
            RowJob.Run(new RowRanges(count, grain, ranges, body, cancellationToken), threads);
            return;
        }

        for (int range = 0; range < ranges; range++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            body(range * grain, Math.Min(count, (range + 1) * grain));
        }
    }
}
