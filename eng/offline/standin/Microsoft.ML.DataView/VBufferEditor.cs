namespace Microsoft.ML.Data;

/// <summary>Makes editors that reuse a vector's arrays when they are large enough.</summary>
public static class VBufferEditor
{
    public static VBufferEditor<T> Create<T>(
        ref VBuffer<T> destination, int newLogicalLength, int? valuesCount = null, int? maxValuesCapacity = null,
        bool keepOldOnResize = false, bool requireIndicesOnDense = false)
    {
        Guard.Argument(newLogicalLength >= 0, nameof(newLogicalLength), "Must be non-negative.");
        int count = valuesCount ?? newLogicalLength;
        Guard.Argument(0 <= count && count <= newLogicalLength, nameof(valuesCount));

        T[] values = Sized(destination.ValueArray, count, maxValuesCapacity, keepOldOnResize, out bool newValues);
        int[] indices = destination.IndexArray ?? [];
        if (count < newLogicalLength || requireIndicesOnDense)
        {
            indices = Sized(destination.IndexArray, count, maxValuesCapacity, keepOldOnResize, out _);
        }

        return new VBufferEditor<T>(newLogicalLength, values, indices, count, newValues);
    }

    private static TItem[] Sized<TItem>(TItem[]? old, int count, int? capacity, bool keepOld, out bool isNew)
    {
        isNew = old is null || old.Length < count;
        if (!isNew)
        {
            return old!;
        }

        var items = new TItem[Math.Max(count, capacity ?? 0)];
        if (keepOld)
        {
            old?.CopyTo(items, 0);
        }

        return items;
    }
}

/// <summary>Writes a vector's values; <see cref="Commit"/> gives the vector.</summary>
public readonly ref struct VBufferEditor<T>
{
    private readonly int _length;
    private readonly T[] _values;
    private readonly int[] _indices;

    public readonly Span<T> Values;
    public readonly Span<int> Indices;

    internal VBufferEditor(int length, T[] values, int[] indices, int count, bool createdNewValues)
    {
        _length = length;
        _values = values;
        _indices = indices;
        Values = values.AsSpan(0, count);
        Indices = indices.AsSpan(0, Math.Min(count, indices.Length));
        CreatedNewValues = createdNewValues;
    }

    public bool CreatedNewValues { get; }

    public VBuffer<T> Commit() => new(_length, Values.Length, _values, _indices);
}
