using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>Bilinear resampling of a small map to a larger one, columns first and then rows.</summary>
internal sealed class BilinearMap
{
    private readonly BilinearAxis _rows;
    private readonly BilinearAxis _columns;
    private readonly int _inputHeight;
    private readonly int _inputWidth;

    /// <summary>Prepares the resampling.</summary>
    /// <param name="inputHeight">Rows of the input.</param>
    /// <param name="inputWidth">Columns of the input.</param>
    /// <param name="height">Rows of the output.</param>
    /// <param name="width">Columns of the output.</param>
    public BilinearMap(int inputHeight, int inputWidth, int height, int width)
    {
        _inputHeight = inputHeight;
        _inputWidth = inputWidth;
        _rows = BilinearAxis.Whole(inputHeight, height);
        _columns = BilinearAxis.Whole(inputWidth, width);
    }

    /// <summary>Values that <see cref="Resample"/> needs as scratch.</summary>
    public int ScratchLength => _inputHeight * _columns.Count;

    /// <summary>Resamples one map.</summary>
    /// <param name="map">The input, row-major.</param>
    /// <param name="destination">The output, row-major.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> values.</param>
    public void Resample(ReadOnlySpan<float> map, Span<float> destination, Span<float> scratch)
    {
        int width = _columns.Count;
        for (int y = 0; y < _inputHeight; y++)
        {
            _columns.Resample(map.Slice(y * _inputWidth, _inputWidth), scratch.Slice(y * width, width));
        }

        for (int y = 0; y < _rows.Count; y++)
        {
            ReadOnlySpan<float> above = scratch.Slice(_rows.Lower[y] * width, width);
            ReadOnlySpan<float> below = scratch.Slice(_rows.Upper[y] * width, width);
            Span<float> row = destination.Slice(y * width, width);
            TensorPrimitives.Subtract(below, above, row);
            TensorPrimitives.Multiply(row, _rows.UpperWeight[y], row);
            TensorPrimitives.Add(row, above, row);
        }
    }
}
