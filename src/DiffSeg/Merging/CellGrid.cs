using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>Sums of a map over side x side cells, each of some tokens or of some cells of a finer grid.</summary>
internal sealed class CellGrid
{
    private readonly int _width;
    private readonly int[] _rows;
    private readonly int[] _columns;
    private readonly float[] _strip;

    /// <summary>Lays the cells over a finer map.</summary>
    /// <param name="height">Rows of the finer map, at least <paramref name="side"/>.</param>
    /// <param name="width">Columns of the finer map, at least <paramref name="side"/>.</param>
    /// <param name="side">Cells per side.</param>
    public CellGrid(int height, int width, int side)
    {
        _width = width;
        _rows = Edges(height, side);
        _columns = Edges(width, side);
        _strip = new float[width];
        Side = side;
    }

    /// <summary>Cells per side.</summary>
    public int Side { get; }

    /// <summary>Number of cells.</summary>
    public int Count => Side * Side;

    /// <summary>Sums a map over the cells. For one thread at a time.</summary>
    /// <param name="map">The finer map, row-major.</param>
    /// <param name="cells">One value per cell, row-major.</param>
    public void Sum(ReadOnlySpan<float> map, Span<float> cells)
    {
        for (int i = 0; i < Side; i++)
        {
            map.Slice(_rows[i] * _width, _width).CopyTo(_strip);
            for (int y = _rows[i] + 1; y < _rows[i + 1]; y++)
            {
                TensorPrimitives.Add(_strip, map.Slice(y * _width, _width), _strip);
            }

            SumStrip(cells.Slice(i * Side, Side));
        }
    }

    private void SumStrip(Span<float> cells)
    {
        float[] strip = _strip;
        int x = 0;
        for (int j = 0; j < cells.Length; j++)
        {
            float sum = strip[x++];
            for (int end = _columns[j + 1]; x < end; x++)
            {
                sum += strip[x];
            }

            cells[j] = sum;
        }
    }

    private static int[] Edges(int length, int side) =>
        [.. Enumerable.Range(0, side + 1).Select(i => (int)((long)i * length / side))];
}
