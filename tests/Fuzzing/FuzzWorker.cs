using System.Diagnostics;

namespace DiffSeg.Fuzzing;

/// <summary>A thread that takes cases one after the other, and tells which one it has in hand since when.</summary>
internal sealed class FuzzWorker
{
    // What a server's threads have where the system says nothing else: endless recursion is not to be saved by a deep stack.
    private const int StackBytes = 1 << 20;

    private readonly Func<int?> _next;
    private readonly Action<int> _run;
    private readonly Thread _thread;
    private (int Case, long Since)? _hand;
    private readonly Lock _gate = new();

    public FuzzWorker(string name, Func<int?> next, Action<int> run)
    {
        (_next, _run) = (next, run);
        _thread = new Thread(Work, StackBytes) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Whether it came to the end of the cases within a time.</summary>
    public bool Ended(TimeSpan within) => _thread.Join(within);

    /// <summary>The case in hand and for how long; null between two cases.</summary>
    public (int Case, TimeSpan Age)? Hand
    {
        get
        {
            lock (_gate)
            {
                return _hand is { } hand ? (hand.Case, Stopwatch.GetElapsedTime(hand.Since)) : null;
            }
        }
    }

    private void Work()
    {
        while (_next() is { } number)
        {
            Take((number, Stopwatch.GetTimestamp()));
            _run(number);
            Take(null);
        }
    }

    private void Take((int Case, long Since)? hand)
    {
        lock (_gate)
        {
            _hand = hand;
        }
    }
}
