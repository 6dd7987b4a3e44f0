using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>
/// Maps made ready to be measured against one another in full: guarded against zeros, unit after unit (see
/// <see cref="UnitSplit"/>), with logarithms, and the units' means. Used again and again; several threads may prepare different
/// maps at the same time.
/// </summary>
internal sealed class UnitMaps
{
    private bool[] _excluded = [];
    private int _width;

    /// <summary>Number of maps.</summary>
    public int Count { get; private set; }

    /// <summary>Of each map and unit the sum of its values over 64, beside its logarithm.</summary>
    public LogRows Units { get; } = new();

    /// <summary>Of each map and unit its tokens, one unit per chunk, row by row; beyond the map the same for all maps, and next to 0.</summary>
    public ChunkRows Tokens { get; } = new(rowsFirst: true);

    /// <summary>Which maps match nothing, as <see cref="PreparedMaps.IsExcluded(ReadOnlySpan{float}, ZeroAttention)"/> says.</summary>
    public ReadOnlySpan<bool> Excluded => _excluded.AsSpan(0, Count);

    /// <summary>Makes room; all maps are undefined afterwards.</summary>
    /// <param name="count">Number of maps.</param>
    /// <param name="height">Rows of each map.</param>
    /// <param name="width">Columns of each map.</param>
    public void Reset(int count, int height, int width)
    {
        (Count, _width) = (count, width);
        int units = UnitSplit.Count(height, width);
        Units.Reset(count, units);
        Tokens.Reset(count, units);
        if (_excluded.Length < count)
        {
            _excluded = new bool[count];
        }
    }

    /// <summary>Prepares one map.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="map">Its values.</param>
    /// <param name="zeros">What 0 does.</param>
    public void Set(int index, ReadOnlySpan<float> map, ZeroAttention zeros)
    {
        _excluded[index] = PreparedMaps.IsExcluded(map, zeros);
        if (_excluded[index])
        {
            Units.Both(index).Clear();
            Tokens.Clear(index);
            return;
        }

        int height = map.Length / _width;
        Span<float> means = Units.Values(index);
        int unit = 0;
        for (int top = 0; top < height; top += UnitSplit.Side)
        {
            for (int left = 0; left < _width; left += UnitSplit.Side, unit++)
            {
                Span<float> tokens = Tokens.Values(index, unit);
                Copy(map, top, left, tokens);
                TensorPrimitives.Max(tokens, JeffreysDistance.Smallest, tokens);
                means[unit] = RowSum.Of(tokens) / UnitSplit.Tokens;
                FastLog.Of(tokens, Tokens.Logs(index, unit));
            }
        }

        Units.TakeLogs(index);
    }

    private void Copy(ReadOnlySpan<float> map, int top, int left, Span<float> tokens)
    {
        int rows = Math.Min(UnitSplit.Side, (map.Length / _width) - top);
        int columns = Math.Min(UnitSplit.Side, _width - left);
        if (rows * columns < UnitSplit.Tokens)
        {
            tokens.Clear();
        }

        for (int y = 0; y < rows; y++)
        {
            map.Slice(((top + y) * _width) + left, columns).CopyTo(tokens[(y * UnitSplit.Side)..]);
        }
    }
}
