using DiffSeg.Cli.Batching.Running;

namespace DiffSeg.Cli.Batching.Guarding;

/// <summary>
/// The images on their way through the segmenter, in their order, and since when it is at the first of them. Images come in
/// on the thread that reads ahead and leave on the one that takes results; the watch looks on from a third.
/// </summary>
/// <param name="marker">Is told what is in hand.</param>
/// <param name="clock">Measures.</param>
internal sealed class InHand(HandMarker marker, TimeProvider clock)
{
    private readonly object _gate = new();
    private readonly List<BatchImage> _images = [];
    private long _since = clock.GetTimestamp();
    private bool _storing;

    /// <summary>An image goes in.</summary>
    /// <param name="image">The image.</param>
    public void Take(BatchImage image)
    {
        lock (_gate)
        {
            if (_images.Count == 0 && !_storing)
            {
                _since = clock.GetTimestamp();
            }

            _images.Add(image);
            Mark();
        }
    }

    /// <summary>The first image comes out; what follows, until <see cref="GoOn"/>, is the time of storing its result.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _images.RemoveAt(0);
            _storing = true;
            _since = clock.GetTimestamp();
            Mark();
        }
    }

    /// <summary>The result is stored; the time of the next image begins.</summary>
    public void GoOn()
    {
        lock (_gate)
        {
            _storing = false;
            _since = clock.GetTimestamp();
        }
    }

    /// <summary>What was on its way comes out no more.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _images.Clear();
            _storing = false;
            Mark();
        }
    }

    /// <summary>How it stands.</summary>
    public HandState Look()
    {
        lock (_gate)
        {
            bool idle = _images.Count == 0 && !_storing;
            return new HandState([.. _images], idle ? TimeSpan.Zero : clock.GetElapsedTime(_since), _storing);
        }
    }

    private void Mark() => marker.Write(_images.Select(image => image.Index));
}

/// <summary>How it stands with what is in hand.</summary>
/// <param name="Images">The images, the first one first.</param>
/// <param name="Held">How long the first has been segmented, or the result before it been stored.</param>
/// <param name="Storing">Whether a result is being stored.</param>
internal sealed record HandState(IReadOnlyList<BatchImage> Images, TimeSpan Held, bool Storing);
