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

    /// <summary>Values after the input that make <see cref="AddTo"/> faster; what they are makes no difference.</summary>
    public static int Slack => Lanes.Count;

    /// <summary>Resamples one map, as far as a window of the output shows it, and adds it to another.</summary>
    /// <param name="map">The input, row-major, and <see cref="Slack"/> values more if there is room for them.</param>
    /// <param name="window">The part of the output to make.</param>
    /// <param name="added">A map of the window's size to add it to.</param>
    /// <param name="destination">The window of the output, row-major.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> values.</param>
    public void AddTo(
        ReadOnlySpan<float> map, TokenWindow window, ReadOnlySpan<float> added, Span<float> destination, Span<float> scratch)
    {
        Span<float> wide = scratch[..(_inputHeight * window.Width)];
        RowSpread.Of(
            map, _inputWidth, Columns(_columns.Lower), Columns(_columns.Upper), Columns(_columns.UpperWeight), wide);
        RowBlend.Add(
            wide, window.Width, Rows(_rows.Lower), Rows(_rows.Upper), Rows(_rows.UpperWeight), added, destination);

        ReadOnlySpan<T> Columns<T>(T[] list) => list.AsSpan(window.Left, window.Width);
        ReadOnlySpan<T> Rows<T>(T[] list) => list.AsSpan(window.Top, window.Height);
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
