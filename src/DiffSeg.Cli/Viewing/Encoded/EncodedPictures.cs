namespace DiffSeg.Cli.Viewing.Encoded;

/// <summary>
/// The pictures that the model has seen last: a bounded number, as each keeps up to 64 MiB of attention. One at a time goes
/// through the model, however many are asked for.
/// </summary>
/// <param name="encoder">The model.</param>
/// <param name="paths">The file of each picture.</param>
internal sealed class EncodedPictures(IPictureEncoder encoder, IReadOnlyList<string> paths) : IDisposable
{
    /// <summary>Pictures kept: the one looked at, its neighbours, and one more.</summary>
    public const int Most = 4;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turn = new(1);

    // The one that was wanted last is last.
    private readonly List<EncodingRun> _kept = [];

    /// <summary>A picture, after it has gone through the model if need be.</summary>
    /// <param name="picture">Its number.</param>
    /// <param name="cancellationToken">Ends the waiting; the model's work ends when another picture is wanted.</param>
    /// <returns>The picture, kept at least until the loan is disposed.</returns>
    public async Task<Loan> RentAsync(int picture, CancellationToken cancellationToken)
    {
        EncodingRun run;
        lock (_lock)
        {
            run = Wanted(picture);
            run.Users++;
            DropUnwanted(picture);
        }

        try
        {
            return new Loan(this, run, await run.Result.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            Release(run);
            throw;
        }
    }

    /// <summary>Has a picture go through the model in case it is wanted next, when there is nothing else to do.</summary>
    /// <param name="picture">Its number; others than those there are count for nothing.</param>
    public void Prepare(int picture)
    {
        lock (_lock)
        {
            if (picture >= 0 && picture < paths.Count && !_kept.Any(kept => kept.Picture == picture || !kept.Result.IsCompleted))
            {
                // Not the last that was wanted: that is somebody's.
                _kept.Insert(Math.Max(0, _kept.Count - 1), new EncodingRun(picture, paths[picture], encoder, _turn));
                DropOldest();
            }
        }
    }

    /// <summary>Gives all memory back. Loans must have ended.</summary>
    public void Dispose()
    {
        Task[] last;
        lock (_lock)
        {
            last = [.. _kept.Select(kept => kept.Result)];
            _kept.ForEach(kept => kept.Drop());
            _kept.Clear();
        }

        // The model is closed after this; no run of it may be under way then.
        Task.WhenAll(last).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        _turn.Dispose();
    }

    private EncodingRun Wanted(int picture)
    {
        EncodingRun? known = _kept.Find(kept => kept.Picture == picture);
        if (known is not null)
        {
            _kept.Remove(known);
        }

        // One that failed is tried again: the file may be another by now.
        if (known is null || known.Result.IsFaulted || known.Result.IsCanceled)
        {
            known = new EncodingRun(picture, paths[picture], encoder, _turn);
        }

        _kept.Add(known);
        DropOldest();
        return known;
    }

    // What was begun ahead must not keep somebody waiting.
    private void DropUnwanted(int picture)
    {
        foreach (EncodingRun kept in _kept.Where(kept => kept.Picture != picture && kept.Users == 0 && !kept.Result.IsCompleted).ToArray())
        {
            Drop(kept);
        }
    }

    private void DropOldest()
    {
        while (_kept.Count > Most && _kept.SkipLast(1).FirstOrDefault(kept => kept.Users == 0) is { } oldest)
        {
            Drop(oldest);
        }
    }

    private void Drop(EncodingRun run)
    {
        _kept.Remove(run);
        run.Drop();
    }

    private void Release(EncodingRun run)
    {
        lock (_lock)
        {
            run.Users--;

            // A failure is not kept. A run that nobody waits for goes on until another picture is wanted: often the next
            // request is for the same one.
            if (run.Users == 0 && run.Result is { IsCompleted: true, IsCompletedSuccessfully: false })
            {
                Drop(run);
            }

            DropOldest();
        }
    }

    /// <summary>A picture for as long as a request needs it.</summary>
    /// <param name="Owner">Where it goes back to.</param>
    /// <param name="Run">Its way through the model.</param>
    /// <param name="Picture">The picture.</param>
    internal sealed record Loan(EncodedPictures Owner, EncodingRun Run, EncodedPicture Picture) : IDisposable
    {
        /// <summary>Gives it back.</summary>
        public void Dispose() => Owner.Release(Run);
    }
}
