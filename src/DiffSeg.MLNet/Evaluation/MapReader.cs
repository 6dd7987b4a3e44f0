using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Evaluation;

/// <summary>Reads the map of the row that a cursor stands at.</summary>
internal sealed class MapReader(DataViewRow row, MapColumn column)
{
    private readonly ValueGetter<VBuffer<ushort>> _values = row.GetGetter<VBuffer<ushort>>(column.Values);
    private readonly ValueGetter<int>? _height = column.Height is { } h ? row.GetGetter<int>(h) : null;
    private readonly ValueGetter<int>? _width = column.Width is { } w ? row.GetGetter<int>(w) : null;
    private VBuffer<ushort> _buffer;

    /// <summary>The row's values: labels or classes, row-major; a new array.</summary>
    public ushort[] Values()
    {
        _values(ref _buffer);
        ushort[] values = new ushort[_buffer.Length];
        _buffer.CopyTo(values);
        return values;
    }

    /// <summary>The row's size as the type or the size columns tell it.</summary>
    public (int Height, int Width)? Size()
    {
        if (column.KnownSize is not null || _height is null || _width is null)
        {
            return column.KnownSize;
        }

        (int height, int width) = (0, 0);
        _height(ref height);
        _width(ref width);
        return (height, width);
    }
}
