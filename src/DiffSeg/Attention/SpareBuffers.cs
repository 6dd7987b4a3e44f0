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

    /// <summary>A buffer with undefined contents.</summary>
    /// <param name="length">Its length at least.</param>
    /// <returns>A spare one, which may be longer, or a new one.</returns>
    public float[] Rent(int length)
    {
        lock (_spares)
        {
            for (int i = 0; i < _spares.Count; i++)
            {
                float[] spare = _spares[i];
                if (spare.Length >= length)
                {
                    _spares.RemoveAt(i);
                    return spare;
                }
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
                _spares.RemoveAt(0);
            }

            _spares.Add(buffer);
        }
    }
}
