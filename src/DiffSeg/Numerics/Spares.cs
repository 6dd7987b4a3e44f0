namespace DiffSeg;

/// <summary>Objects with buffers that wait to be used again; safe to use from several threads.</summary>
/// <remarks>Holds as many as were ever in use at once.</remarks>
/// <typeparam name="T">Made when none is spare.</typeparam>
internal sealed class Spares<T>
    where T : class, new()
{
    private readonly Stack<T> _spares = [];

    /// <summary>Takes an object; whatever it holds is left over from its last use.</summary>
    /// <returns>A spare one, or a new one.</returns>
    public T Take()
    {
        lock (_spares)
        {
            return _spares.TryPop(out T? spare) ? spare : new T();
        }
    }

    /// <summary>Puts an object back.</summary>
    /// <param name="spare">An object that nobody uses any more.</param>
    public void Return(T spare)
    {
        lock (_spares)
        {
            _spares.Push(spare);
        }
    }
}
