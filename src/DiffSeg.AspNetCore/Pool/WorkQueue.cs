using System.Diagnostics;

namespace DiffSeg.AspNetCore.Pool;

/// <summary>
/// Jobs that wait for a worker, first come, first served; as many as there is room for. One that is cancelled leaves the queue
/// at once and makes room.
/// </summary>
/// <param name="workers">How many workers take from it.</param>
/// <param name="room">How many jobs may wait while all workers are busy.</param>
internal sealed class WorkQueue(int workers, int room)
{
    private readonly object _gate = new();
    private readonly LinkedList<Job> _waiting = [];
    private int _inWork;
    private long _moved;
    private bool _closed;

    /// <summary>Jobs that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Jobs that workers have taken and not finished.</summary>
    public int InWork
    {
        get
        {
            lock (_gate)
            {
                return _inWork;
            }
        }
    }

    /// <summary>How long all workers have been at jobs without one of them coming to an end; zero while one is free.</summary>
    public TimeSpan Stalled
    {
        get
        {
            lock (_gate)
            {
                return _inWork < workers ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_moved);
            }
        }
    }

    /// <summary>Whether a job that comes now is refused.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return HasNoRoom;
            }
        }
    }

    // A free worker counts as room from the moment at which its last job is finished, not only when it waits for the next.
    private bool HasNoRoom => (long)_waiting.Count + _inWork >= (long)workers + room;

    /// <summary>Adds a job behind all others.</summary>
    /// <returns>Whether there was room.</returns>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public bool TryAdd(Job job)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SegmentationPool));
            if (HasNoRoom)
            {
                return false;
            }

            job.Place = _waiting.AddLast(job);
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Takes a job out that no worker has taken yet.</summary>
    /// <returns>Whether it was still there.</returns>
    public bool Remove(Job job)
    {
        lock (_gate)
        {
            if (job.Place is not { } place)
            {
                return false;
            }

            _waiting.Remove(place);
            job.Place = null;
            return true;
        }
    }

    /// <summary>Waits for the next job. Say <see cref="Finished"/> when it is done.</summary>
    /// <returns>The job; null when the queue is closed and all of them are taken.</returns>
    public Job? Take()
    {
        lock (_gate)
        {
            while (_waiting.First is null)
            {
                if (_closed)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }

            Job job = _waiting.First.Value;
            _waiting.RemoveFirst();
            job.Place = null;
            _inWork++;
            _moved = Stopwatch.GetTimestamp();
            return job;
        }
    }

    /// <summary>Says that a job that was taken is done.</summary>
    public void Finished()
    {
        lock (_gate)
        {
            _inWork--;
        }
    }

    /// <summary>Takes no more jobs; those that wait are still given out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
