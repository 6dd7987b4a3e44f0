using DiffSeg.Batches;
using DiffSeg.MLNet.Evaluation;
using DiffSeg.MLNet.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Batches;

/// <summary>Takes the rows that a cursor stands at to a chunk. One mask is held at a time, in the same buffer.</summary>
internal sealed class BatchRowReader
{
    private readonly DataViewRowCursor _cursor;
    private readonly BatchColumns _columns;
    private readonly RowText _image;
    private readonly RowText _status;
    private readonly ValueGetter<VBuffer<ushort>> _mask;
    private readonly MapReader _sizes;
    private readonly DenseVector<ushort> _dense = new();
    private VBuffer<ushort> _labels;

    public BatchRowReader(DataViewRowCursor cursor, BatchColumns columns)
    {
        (_cursor, _columns) = (cursor, columns);
        _image = new RowText(cursor, columns.Image);
        _status = new RowText(cursor, columns.Status);
        _mask = cursor.GetGetter<VBuffer<ushort>>(columns.Mask.Values);
        _sizes = new MapReader(cursor, columns.Mask);
    }

    /// <summary>Adds the row.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <returns>Whether the row has a mask.</returns>
    /// <exception cref="InvalidDataException">The row has neither a mask of its size nor a reason.</exception>
    public bool AddTo(ChunkWriter chunk)
    {
        string image = _image.Read();
        if (_status.Read() is { Length: > 0 } reason)
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

        chunk.Add(image, _dense.Of(_labels), height, width);
        return true;
    }
}
