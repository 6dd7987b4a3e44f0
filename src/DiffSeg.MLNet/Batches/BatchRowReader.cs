using DiffSeg.Batches;
using DiffSeg.MLNet.Evaluation;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Batches;

/// <summary>Takes the rows that a cursor stands at to a chunk. One mask is held at a time, in the same buffer.</summary>
internal sealed class BatchRowReader
{
    private readonly DataViewRowCursor _cursor;
    private readonly BatchColumns _columns;
    private readonly ValueGetter<ReadOnlyMemory<char>> _image;
    private readonly ValueGetter<ReadOnlyMemory<char>>? _status;
    private readonly ValueGetter<VBuffer<ushort>> _mask;
    private readonly MapReader _sizes;
    private VBuffer<ushort> _labels;

    public BatchRowReader(DataViewRowCursor cursor, BatchColumns columns)
    {
        (_cursor, _columns) = (cursor, columns);
        _image = cursor.GetGetter<ReadOnlyMemory<char>>(columns.Image);
        _mask = cursor.GetGetter<VBuffer<ushort>>(columns.Mask.Values);
        _sizes = new MapReader(cursor, columns.Mask);
        _status = columns.Status is { } status ? cursor.GetGetter<ReadOnlyMemory<char>>(status) : null;
    }

    /// <summary>Adds the row.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <returns>Whether the row has a mask.</returns>
    /// <exception cref="InvalidDataException">The row has neither a mask of its size nor a reason.</exception>
    public bool AddTo(ChunkWriter chunk)
    {
        string image = Text(_image);
        if (_status is not null && Text(_status) is { Length: > 0 } reason)
        {
            chunk.AddFailure(image, reason);
            return false;
        }

        _mask(ref _labels);
        (int height, int width) = _sizes.Size() ?? (0, 0);
        if (height < 1 || width < 1 || (long)height * width != _labels.Length)
        {
            string name = _columns.Mask.Name;
            throw new InvalidDataException(
                $"Row {_cursor.Position} ('{image}') cannot be saved: the mask in '{name}' has {_labels.Length} labels, but {height} x "
                + $"{width} are expected. Give the size by the column's type or by the columns '{name}Height' and '{name}Width' "
                + $"(MaskColumns.Size), and what is wrong with rows that have no mask by a text column '{name}Status' (MaskColumns.Status).");
        }

        chunk.Add(image, Labels(), height, width);
        return true;
    }

    private ReadOnlySpan<ushort> Labels()
    {
        if (_labels.IsDense)
        {
            return _labels.GetValues();
        }

        ushort[] labels = new ushort[_labels.Length];
        _labels.CopyTo(labels);
        return labels;
    }

    private static string Text(ValueGetter<ReadOnlyMemory<char>> getter)
    {
        ReadOnlyMemory<char> text = default;
        getter(ref text);
        return text.ToString();
    }
}
