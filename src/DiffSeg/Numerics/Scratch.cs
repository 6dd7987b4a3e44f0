using System.Buffers;

namespace DiffSeg;

/// <summary>A buffer borrowed from the shared pool for one block; its contents start undefined.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="length">Elements needed.</param>
internal readonly struct Scratch<T>(int length) : IDisposable
{
    private readonly T[]? _array = ArrayPool<T>.Shared.Rent(length);

    /// <summary>Whether nothing was borrowed.</summary>
    public bool IsEmpty => _array is null;

    /// <summary>The buffer, exactly as long as asked for.</summary>
    public Span<T> Span => _array.AsSpan(0, length);

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_array is not null)
        {
            ArrayPool<T>.Shared.Return(_array);
        }
    }
}
