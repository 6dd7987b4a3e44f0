namespace DiffSeg;

/// <summary>The large buffers of one aggregator that wait for the next image; safe to use from several threads.</summary>
/// <remarks>
/// New ones are of exactly the length asked for, unlike those of the shared pool, which rounds up to powers of two: at
/// 96 x 96 tokens that would be 512 MiB in place of 324.
/// </remarks>
internal sealed class SpareBuffers
{
    /// <summary>The aggregate of an image and a crop of it.</summary>
    private const int Kept = 2;

    private readonly List<float[]> _spares = [];

    // Of several images at once there are more. These wait for the next image or for the garbage collector, whichever comes
    // first: else each image would leave tens of megabytes to collect, and get as many anew.
    private readonly List<WeakReference<float[]>> _more = [];

    /// <summary>A buffer with undefined contents.</summary>
    /// <param name="length">Its length at least.</param>
    /// <returns>The shortest spare one that is long enough, or a new one.</returns>
    public float[] Rent(int length)
    {
        lock (_spares)
        {
            if (Shortest(length) is { } spare)
            {
                Forget(spare);
                return spare;
            }
        }

        return GC.AllocateUninitializedArray<float>(length);
    }

    /// <summary>Keeps a buffer for later; the one that waited longest goes when there are too many.</summary>
    /// <param name="buffer">A buffer that nobody uses any more.</param>
    public void Return(float[] buffer)
    {
        lock (_spares)
        {
            if (_spares.Count == Kept)
            {
                _more.RemoveAll(reference => !reference.TryGetTarget(out _));
                _more.Add(new WeakReference<float[]>(_spares[0]));
                _spares.RemoveAt(0);
            }

            _spares.Add(buffer);
        }
    }

    // Loops, not queries: a further image allocates nothing.
    private float[]? Shortest(int length)
    {
        float[]? shortest = null;
        foreach (float[] spare in _spares)
        {
            Consider(spare);
        }

        foreach (WeakReference<float[]> reference in _more)
        {
            if (reference.TryGetTarget(out float[]? spare))
            {
                Consider(spare);
            }
        }

        return shortest;

        void Consider(float[] spare)
        {
            if (spare.Length >= length && (shortest is null || spare.Length < shortest.Length))
            {
                shortest = spare;
            }
        }
    }

    private void Forget(float[] spare)
    {
        if (_spares.Remove(spare))
        {
            return;
        }

        for (int i = _more.Count - 1; i >= 0; i--)
        {
            if (!_more[i].TryGetTarget(out float[]? other) || other == spare)
            {
                _more.RemoveAt(i);
            }
        }
    }
}
