using System.Runtime.ExceptionServices;

namespace DiffSeg;

/// <summary>Ranges of rows that several threads take one by one; used again and again.</summary>
/// <remarks>
/// The thread pool may come to a queued job late, when the others have done all of it. So a job counts the threads that
/// still hold it, and only the last one to let go puts it back for the next call.
/// </remarks>
internal sealed class RowJob : IThreadPoolWorkItem
{
    // A thread pool that is so far behind is not asked for more: the caller works on alone.
    private static readonly int MostWaiting = 4 * Environment.ProcessorCount;
    private static readonly Spares<RowJob> Idle = new();
    private static int _waiting;

    private readonly ManualResetEventSlim _done = new();
    private RowRanges _work;
    private ExceptionDispatchInfo? _failure;
    private bool _skipped;
    private int _next;
    private int _unfinished;
    private int _holders;

    /// <summary>Does all ranges and returns when the last one is done.</summary>
    /// <param name="work">The ranges.</param>
    /// <param name="threads">Threads to ask for, the caller included.</param>
    public static void Run(RowRanges work, int threads)
    {
        RowJob job = Idle.Take();
        threads = Math.Min(threads, 1 + Math.Max(0, MostWaiting - Volatile.Read(ref _waiting)));
        job._work = work;
        job._next = 0;
        job._unfinished = work.Ranges;
        job._holders = threads;
        job._done.Reset();
        Interlocked.Add(ref _waiting, threads - 1);
        for (int i = 1; i < threads; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(job, preferLocal: false);
        }

        job.TakeRanges();
        job._done.Wait(CancellationToken.None);
        ExceptionDispatchInfo? failure = job._failure;
        bool skipped = job._skipped;
        job.LetGo();

        // As on one thread: the error itself, with the stack of where it arose.
        failure?.Throw();
        if (skipped)
        {
            work.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Called by the thread pool.</summary>
    public void Execute()
    {
        Interlocked.Decrement(ref _waiting);
        TakeRanges();
        LetGo();
    }

    private void TakeRanges()
    {
        int range;
        while ((range = Interlocked.Increment(ref _next) - 1) < _work.Ranges)
        {
            Do(range);
            if (Interlocked.Decrement(ref _unfinished) == 0)
            {
                _done.Set();
            }
        }
    }

    // After an error or a cancellation the ranges left are only counted.
    private void Do(int range)
    {
        if (Volatile.Read(ref _failure) is not null)
        {
            return;
        }

        if (_work.CancellationToken.IsCancellationRequested)
        {
            _skipped = true;
            return;
        }

        try
        {
            _work.Do(range);
        }
        catch (Exception error)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(error), null);
        }
    }

    private void LetGo()
    {
        if (Interlocked.Decrement(ref _holders) > 0)
        {
            return;
        }

        _work = default;
        _failure = null;
        _skipped = false;
        Idle.Return(this);
    }
}
