using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>Maps summed over 8 x 8 cells: a lower bound of their distances at a small part of the cost.</summary>
/// <remarks>
/// The Jeffreys divergence is an f-divergence, and summing both maps over the same cells can only lower it (the log-sum
/// inequality; the maps need not be normalised). Cells whose distance reaches the threshold settle the pair.
/// </remarks>
internal sealed class CellSums
{
    private const int PerSide = 8;
    private readonly int _height;
    private readonly int _width;
    private readonly int _cellRows;
    private readonly int _cellColumns;

    /// <summary>Lays the cells over a map.</summary>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    public CellSums(int height, int width)
    {
        _height = height;
        _width = width;
        _cellRows = Math.Min(PerSide, height);
        _cellColumns = Math.Min(PerSide, width);
    }

    /// <summary>Number of cells, at most 64.</summary>
    public int Count => _cellRows * _cellColumns;

    /// <summary>Whether there are enough tokens per cell for the bound to pay.</summary>
    public bool Worthwhile => _height * _width >= 4 * Count;

    /// <summary>Sums a map over the cells.</summary>
    /// <param name="map">The map, row-major.</param>
    /// <param name="cells">One value per cell, row-major.</param>
    public void Of(ReadOnlySpan<float> map, Span<float> cells)
    {
        using Scratch<float> scratch = new(_width);
        Span<float> strip = scratch.Span;
        for (int i = 0; i < _cellRows; i++)
        {
            int top = i * _height / _cellRows;
            int bottom = (i + 1) * _height / _cellRows;
            map.Slice(top * _width, _width).CopyTo(strip);
            for (int y = top + 1; y < bottom; y++)
            {
                TensorPrimitives.Add(strip, map.Slice(y * _width, _width), strip);
            }

            for (int j = 0; j < _cellColumns; j++)
            {
                float sum = 0;
                for (int x = j * _width / _cellColumns; x < (j + 1) * _width / _cellColumns; x++)
                {
                    sum += strip[x];
                }

                cells[(i * _cellColumns) + j] = sum;
            }
        }
    }
}
