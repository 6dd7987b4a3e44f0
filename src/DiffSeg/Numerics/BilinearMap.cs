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
        double[] columns = Coverage(_columns, inputWidth);
        InputCoverage = [.. Coverage(_rows, inputHeight).SelectMany(y => columns.Select(x => (float)(y * x)))];
    }

    /// <summary>
    /// How many outputs each input value makes up, in parts of outputs: the sum of a resampled map is that of the input
    /// times these, and so is known before resampling. The ratio of the sizes wherever that is a whole number.
    /// </summary>
    public float[] InputCoverage { get; }

    /// <summary>Values that <see cref="AddTo"/> needs as scratch.</summary>
    public int ScratchLength => _inputHeight * _columns.Count;

    /// <summary>Resamples one map and adds it to another.</summary>
    /// <param name="map">The input, row-major.</param>
    /// <param name="added">A map of the output's size to add it to.</param>
    /// <param name="destination">The output, row-major.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> values.</param>
    public void AddTo(ReadOnlySpan<float> map, ReadOnlySpan<float> added, Span<float> destination, Span<float> scratch)
    {
        int width = _columns.Count;
        for (int y = 0; y < _inputHeight; y++)
        {
            _columns.Resample(map.Slice(y * _inputWidth, _inputWidth), scratch.Slice(y * width, width));
        }

        for (int y = 0; y < _rows.Count; y++)
        {
            RowBlend.Add(
                scratch.Slice(_rows.Lower[y] * width, width),
                scratch.Slice(_rows.Upper[y] * width, width),
                _rows.UpperWeight[y],
                added.Slice(y * width, width),
                destination.Slice(y * width, width));
        }
    }

    private static double[] Coverage(BilinearAxis axis, int input)
    {
        double[] coverage = new double[input];
        for (int i = 0; i < axis.Count; i++)
        {
            coverage[axis.Lower[i]] += 1 - (double)axis.UpperWeight[i];
            coverage[axis.Upper[i]] += axis.UpperWeight[i];
        }

        return coverage;
    }
}
