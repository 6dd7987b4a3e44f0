using System.Collections.Concurrent;

namespace DiffSeg.Cli.Evaluating.Attention;

/// <summary>
/// Pictures with their attention, in order: while one is segmented with all settings, the next one is decoded and goes
/// through the model, or its attention is read from the disk. The model runs once per picture at most.
/// </summary>
/// <remarks>There are two places for attention, so memory does not depend on the number of pictures or settings.</remarks>
/// <param name="session">The model.</param>
/// <param name="preparation">Reads pictures.</param>
/// <param name="store">Attention kept on disk; null for none.</param>
/// <param name="clock">Measures.</param>
internal sealed class AttentionStream(
    ModelSession session, ImagePreparation preparation, AttentionStore? store, TimeProvider clock)
{
    private const int Places = 2;

    /// <summary>Walks over pictures. A picture's attention is valid until the next one is asked for.</summary>
    /// <param name="work">The pictures.</param>
    /// <param name="cancellationToken">Ends the walk between two pictures, by <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="SetupException">ONNX Runtime cannot run the model.</exception>
    public IEnumerable<EncodedImage> Read(IEnumerable<ImageWork> work, CancellationToken cancellationToken)
    {
        AttentionSlot[] slots = [.. Enumerable.Range(0, Places).Select(_ => new AttentionSlot(session))];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var free = new BlockingCollection<AttentionSlot>();
        using var ready = new BlockingCollection<(EncodedImage Image, AttentionSlot Slot)>();
        Array.ForEach(slots, free.Add);

        // A thread of its own: it waits for files and for the model, and the pool has the masks to make.
        Task reader = Task.Factory.StartNew(
            () => ReadAhead(work, free, ready, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            while (ready.TryTake(out (EncodedImage Image, AttentionSlot Slot) next, Timeout.Infinite, cancellationToken))
            {
                yield return next.Image;
                free.Add(next.Slot, CancellationToken.None);
            }

            reader.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            ((IAsyncResult)reader).AsyncWaitHandle.WaitOne();
            Array.ForEach(slots, slot => slot.Dispose());
        }
    }

    private void ReadAhead(
        IEnumerable<ImageWork> work,
        BlockingCollection<AttentionSlot> free,
        BlockingCollection<(EncodedImage, AttentionSlot)> ready,
        CancellationToken stop)
    {
        try
        {
            foreach (ImageWork image in work)
            {
                AttentionSlot slot = free.Take(stop);
                ready.Add((Encode(image, slot), slot), CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Whoever cancelled knows.
        }
        finally
        {
            ready.CompleteAdding();
        }
    }

    private EncodedImage Encode(ImageWork work, AttentionSlot slot)
    {
        long begin = clock.GetTimestamp();
        EncodedImage image = preparation.Read(work);
        if (image.Problem is not null || image.FileProblem is not null)
        {
            return image with { Preparing = clock.GetElapsedTime(begin) };
        }

        try
        {
            string? hash = store is null ? null : FileHash.Of(work.Sample.ImagePath);
            long middle = clock.GetTimestamp();
            if (hash is not null && store!.TryLoad(hash, slot))
            {
                return image with
                {
                    Attention = slot,
                    Kept = true,
                    Preparing = clock.GetElapsedTime(begin, middle),
                    Encoding = clock.GetElapsedTime(middle),
                };
            }

            float[] pixels = preparation.Pixels(image);
            middle = clock.GetTimestamp();
            slot.Run(pixels);
            TimeSpan encoding = clock.GetElapsedTime(middle);
            if (hash is not null)
            {
                store!.Save(hash, slot);
            }

            return image with { Attention = slot, Preparing = clock.GetElapsedTime(begin, middle), Encoding = encoding };
        }
        catch (Exception problem) when (problem is not SetupException)
        {
            return image with { Problem = problem };
        }
    }
}
