using System.Runtime.ExceptionServices;

namespace DiffSeg.MLNet.Scoring;

/// <summary>
/// Reads rows of a source on another thread, a few ahead of the one who walks over them. The thread is there only while
/// there is a row to read and a place for it; walker and thread never touch the source at the same time.
/// </summary>
/// <remarks>
/// It starts when the walker says that the current row is one that is worth reading (<see cref="ReadOn"/>). Rows that
/// nobody has read ahead are the source's own: <see cref="Current"/> is null and the source stands at the row.
/// </remarks>
/// <typeparam name="TRow">A place for a row that is kept; used again when the walker has left it.</typeparam>
internal sealed class RowsAhead<TRow> : IDisposable
    where TRow : class
{
    private readonly object _gate = new();
    private readonly Func<bool> _move;
    private readonly Action<TRow> _read;
    private readonly Queue<TRow> _ready = new();
    private readonly Stack<TRow> _free;
    private readonly int _ahead;
    private ExceptionDispatchInfo? _failure;
    private Task _worker = Task.CompletedTask;
    private bool _reading;
    private bool _stopped;
    private bool _ended;

    // Rows counted from 1: where the walker is, where the source is, and how far the source may go on its own.
    private long _walked;
    private long _moved;
    private long _goal;

    /// <param name="move">Moves the source to its next row; false at its end.</param>
    /// <param name="read">Reads the source's row into a place. Keeps what goes wrong there and does not throw.</param>
    /// <param name="places">The places: one for the walker's row, the others for those ahead.</param>
    public RowsAhead(Func<bool> move, Action<TRow> read, IEnumerable<TRow> places)
    {
        _move = move;
        _read = read;
        _free = new Stack<TRow>(places);
        _ahead = _free.Count - 1;
    }

    /// <summary>The kept row that the walker is at; null when the source itself stands there.</summary>
    public TRow? Current { get; private set; }

    /// <summary>Moves the walker to the next row, waiting for it when it is being read.</summary>
    /// <returns>False at the end.</returns>
    /// <remarks>What the source threw on the way to this row is thrown here.</remarks>
    public bool MoveNext()
    {
        lock (_gate)
        {
            if (Current is { } left)
            {
                Current = null;
                _free.Push(left);
            }

            while (_ready.Count == 0 && _reading)
            {
                Monitor.Wait(_gate);
            }

            if (_ready.TryDequeue(out TRow? next))
            {
                Current = next;
                _walked++;
                return true;
            }

            ExceptionDispatchInfo? failure = _failure;
            _failure = null;
            failure?.Throw();
        }

        // Nothing is kept and nobody reads: the source is the walker's. It is not moved once it is at its end, where not
        // every cursor stays.
        if (_ended || !_move())
        {
            _ended = true;
            return false;
        }

        _walked = ++_moved;
        return true;
    }

    /// <summary>Keeps the walker's row, when it is the source's own yet, and has the next ones read.</summary>
    public void ReadOn()
    {
        if (Current is null)
        {
            // No row is ahead here, so there is a place; nobody else looks at it.
            TRow place = _free.Pop();
            _read(place);
            Current = place;
        }

        lock (_gate)
        {
            _goal = _walked + _ahead;
            if (!_reading && !_stopped && !_ended && _failure is null && _moved < _goal)
            {
                // A thread of its own: reading waits for files and for the model, and the pool has the masks to make.
                _worker = Task.Factory.StartNew(
                    ReadUntilGoal, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                _reading = true;
            }
        }
    }

    /// <summary>Ends the reading; waits for the row that is being read.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
        }

        _worker.GetAwaiter().GetResult();
    }

    private void ReadUntilGoal()
    {
        while (TakePlace() is { } place && ReadNext(place))
        {
        }
    }

    private TRow? TakePlace()
    {
        lock (_gate)
        {
            if (!_stopped && _moved < _goal)
            {
                // The rows between walker and goal are as many as there are places besides the walker's.
                return _free.Pop();
            }

            Finish();
            return null;
        }
    }

    private bool ReadNext(TRow place)
    {
        bool more = false;
        ExceptionDispatchInfo? failure = null;
        try
        {
            more = _move();
            if (more)
            {
                _read(place);
            }
        }
        catch (Exception problem)
        {
            failure = ExceptionDispatchInfo.Capture(problem);
        }

        lock (_gate)
        {
            if (more && failure is null)
            {
                _ready.Enqueue(place);
                _moved++;
                Monitor.PulseAll(_gate);
                return true;
            }

            _free.Push(place);
            _failure = failure;
            _ended = failure is null;
            Finish();
            return false;
        }
    }

    private void Finish()
    {
        _reading = false;
        Monitor.PulseAll(_gate);
    }
}
