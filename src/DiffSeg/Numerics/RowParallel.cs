using System.Runtime.ExceptionServices;

namespace DiffSeg;

/// <summary>Work on disjoint ranges of rows, on as many threads as asked for.</summary>
/// <remarks>
/// Every row is computed by one thread in an order of its own, so no result depends on how the ranges fall.
/// </remarks>
internal static class RowParallel
{
    /// <summary>Calls <paramref name="body"/> for consecutive ranges [from, to) that together cover [0, count).</summary>
    /// <param name="count">Rows in all.</param>
    /// <param name="grain">Rows per range, at least 1.</param>
    /// <param name="degree">Threads at most; -1 for all cores.</param>
    /// <param name="body">Called with from and to; must only write what belongs to its rows.</param>
    /// <param name="cancellationToken">Looked at before each range.</param>
    public static void For(
        int count, int grain, int degree, Action<int, int> body, CancellationToken cancellationToken = default)
    {
        int ranges = (int)(((long)count + grain - 1) / grain);
        if (ranges <= 1 || degree == 1)
        {
            for (int range = 0; range < ranges; range++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                body(range * grain, Math.Min(count, (range + 1) * grain));
            }

            return;
        }

        ParallelOptions options = new() { MaxDegreeOfParallelism = degree, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, ranges, options, range => body(range * grain, Math.Min(count, (range + 1) * grain)));
        }
        catch (AggregateException failures)
        {
            // As on one thread: the error itself, with the stack of where it arose.
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
