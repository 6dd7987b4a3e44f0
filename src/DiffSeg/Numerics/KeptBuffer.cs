namespace DiffSeg;

/// <summary>A buffer that a stage keeps from image to image: it only ever grows.</summary>
/// <typeparam name="T">Element type.</typeparam>
internal struct KeptBuffer<T>
{
    private T[]? _array;

    /// <summary>The buffer itself, as long as the longest so far.</summary>
    public readonly T[] Array => _array ?? [];

    /// <summary>The first elements of the buffer; what they hold is lost when it has to grow.</summary>
    /// <param name="length">How many.</param>
    /// <returns>Exactly that many, with undefined contents.</returns>
    public Span<T> Take(int length)
    {
        if (_array is null || _array.Length < length)
        {
            _array = new T[length];
        }

        return _array.AsSpan(0, length);
    }

    /// <summary>Makes room for one more element, keeping those that are there; room doubles.</summary>
    /// <param name="count">Elements that are there.</param>
    /// <param name="element">The one to put after them.</param>
    public void Append(int count, T element)
    {
        if (count >= Array.Length)
        {
            System.Array.Resize(ref _array, Math.Max(256, 2 * count));
        }

        _array![count] = element;
    }
}
