using System.Diagnostics;

namespace DiffSeg.Cli.Viewing.Encoded;

/// <summary>One picture's way through the model, and what comes of it, for as long as anybody needs it.</summary>
internal sealed class EncodingRun
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Begins.</summary>
    /// <param name="picture">Number of the picture.</param>
    /// <param name="path">Its file.</param>
    /// <param name="encoder">The model.</param>
    /// <param name="turn">One picture goes through the model at a time.</param>
    public EncodingRun(int picture, string path, IPictureEncoder encoder, SemaphoreSlim turn)
    {
        Picture = picture;
        Result = Task.Run(() => EncodeAsync(path, encoder, turn, _stop.Token));
    }

    /// <summary>Number of the picture.</summary>
    public int Picture { get; }

    /// <summary>How many requests hold it.</summary>
    public int Users { get; set; }

    /// <summary>Whether it is dropped once nobody holds it.</summary>
    public bool Dropped { get; private set; }

    /// <summary>The picture, when the model has seen it.</summary>
    public Task<EncodedPicture> Result { get; }

    /// <summary>Ends it, now or as soon as it is whole, and gives its memory back. Nobody may hold it.</summary>
    public void Drop()
    {
        if (Dropped)
        {
            return;
        }

        Dropped = true;
        _stop.Cancel();
        _ = Result.ContinueWith(
            done =>
            {
                if (done.IsCompletedSuccessfully)
                {
                    done.Result.Dispose();
                }

                // Looked at: a picture that was read ahead and is broken must not end the process.
                _ = done.Exception;
                _stop.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private static async Task<EncodedPicture> EncodeAsync(string path, IPictureEncoder encoder, SemaphoreSlim turn, CancellationToken stop)
    {
        await turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            long begin = Stopwatch.GetTimestamp();
            EncodedPicture picture = encoder.Encode(path, stop);
            picture.Time = Stopwatch.GetElapsedTime(begin);
            return picture;
        }
        finally
        {
            turn.Release();
        }
    }
}
