using System.Collections;

namespace Microsoft.ML.Data;

/// <summary>
/// A vector value: dense, or sparse with sorted indices. Its arrays are reused from row to row, so a value that is kept
/// must be copied.
/// </summary>
public readonly struct VBuffer<T> : IEnumerable
{
    private readonly int _count;
    private readonly T[]? _values;
    private readonly int[]? _indices;

    public readonly int Length;

    public VBuffer(int length, T[] values, int[]? indices = null) : this(length, length, values, indices) { }

    public VBuffer(int length, int count, T[] values, int[]? indices)
    {
        Guard.Argument(length >= 0, nameof(length));
        Guard.Argument(0 <= count && count <= length, nameof(count));
        Guard.Argument((values?.Length ?? 0) >= count, nameof(values));
        Guard.Argument(count == length || (indices?.Length ?? 0) >= count, nameof(indices));
        Length = length;
        _count = count;
        _values = values;
        _indices = indices;
    }

    public bool IsDense => _count == Length;

    internal T[]? ValueArray => _values;

    internal int[]? IndexArray => _indices;

    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    public T GetItemOrDefault(int index)
    {
        T value = default!;
        GetItemOrDefault(index, ref value);
        return value;
    }

    public void GetItemOrDefault(int index, ref T destination)
    {
        Guard.Argument((uint)index < (uint)Length, nameof(index));
        int place = IsDense ? index : _indices.AsSpan(0, _count).BinarySearch(index);
        destination = place >= 0 ? _values![place] : default!;
    }

    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length, _count);
        GetValues().CopyTo(editor.Values);
        GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default!)
    {
        Guard.Argument(0 <= destinationIndex && destinationIndex <= destination.Length - Length,
            nameof(destination), "Not large enough to hold these values.");
        Span<T> target = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(target);
            return;
        }
        target.Fill(defaultValue);
        for (int i = 0; i < _count; i++)
        {
            target[_indices![i]] = _values![i];
        }
    }

    public IEnumerable<T> DenseValues()
    {
        int next = 0;
        for (int i = 0; i < Length; i++)
        {
            bool isExplicit = IsDense || (next < _count && _indices![next] == i);
            yield return isExplicit ? _values![next++] : default!;
        }
    }

    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        if (all || IsDense)
        {
            return DenseValues().Select((value, i) => KeyValuePair.Create(i, value));
        }

        (int[] indices, T[] values) = (_indices!, _values!);
        return Enumerable.Range(0, _count).Select(i => KeyValuePair.Create(indices[i], values[i]));
    }

    public IEnumerator GetEnumerator() => DenseValues().GetEnumerator();

    public override string ToString() => IsDense
        ? $"Dense vector of size {Length}"
        : $"Sparse vector of size {Length}, {_count} explicit values";
}
