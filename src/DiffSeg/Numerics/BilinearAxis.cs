namespace DiffSeg;

/// <summary>
/// Bilinear resampling along one axis: for every output position the two input positions and the weight of the second.
/// Half-pixel centres, no antialiasing, edge clamp.
/// </summary>
/// <remarks>Its arrays are kept when it is laid out anew, and may be longer than <see cref="Count"/>.</remarks>
internal sealed class BilinearAxis
{
    private (int Input, int Count, double Start, double Span) _layout;

    /// <summary>Output positions.</summary>
    public int Count => _layout.Count;

    /// <summary>The input position at or before each output position; never falls.</summary>
    public int[] Lower { get; private set; } = [];

    /// <summary>The input position after it, or the same at the edge.</summary>
    public int[] Upper { get; private set; } = [];

    /// <summary>Weight of <see cref="Upper"/>, in [0, 1]; that of <see cref="Lower"/> is the rest to 1.</summary>
    public float[] UpperWeight { get; private set; } = [];

    /// <summary>Output position i lies at start + (i + 0.5) span / count - 0.5 of the input.</summary>
    /// <param name="input">Input positions.</param>
    /// <param name="count">Output positions.</param>
    /// <param name="start">Where the output's edge lies, in input positions from the input's edge.</param>
    /// <param name="span">How many input positions the output covers.</param>
    /// <returns>The axis.</returns>
    public static BilinearAxis Create(int input, int count, double start, double span)
    {
        BilinearAxis axis = new();
        axis.Lay(input, count, start, span);
        return axis;
    }

    /// <summary>From all of the input to <paramref name="count"/> positions.</summary>
    /// <param name="input">Input positions.</param>
    /// <param name="count">Output positions.</param>
    /// <returns>The axis.</returns>
    public static BilinearAxis Whole(int input, int count) => Create(input, count, 0, input);

    /// <summary>Lays this axis out as <see cref="Create"/> would; does nothing when it is laid out so already.</summary>
    /// <param name="input">Input positions.</param>
    /// <param name="count">Output positions.</param>
    /// <param name="start">Where the output's edge lies, in input positions from the input's edge.</param>
    /// <param name="span">How many input positions the output covers.</param>
    public void Lay(int input, int count, double start, double span)
    {
        if (_layout == (input, count, start, span))
        {
            return;
        }

        if (Lower.Length < count)
        {
            (Lower, Upper, UpperWeight) = (new int[count], new int[count], new float[count]);
        }

        for (int i = 0; i < count; i++)
        {
            double position = Math.Clamp(start + ((i + 0.5) * span / count) - 0.5, 0, input - 1);
            int lower = (int)position;
            Lower[i] = lower;
            Upper[i] = Math.Min(lower + 1, input - 1);
            UpperWeight[i] = (float)(position - lower);
        }

        _layout = (input, count, start, span);
    }

    /// <summary>Resamples one row along this axis.</summary>
    /// <param name="row">One value per input position.</param>
    /// <param name="destination">One value per output position.</param>
    public void Resample(ReadOnlySpan<float> row, Span<float> destination) => Resample(row, 0, destination);

    /// <summary>Resamples one row to some consecutive output positions.</summary>
    /// <param name="row">One value per input position.</param>
    /// <param name="from">The first output position.</param>
    /// <param name="destination">One value per output position from there.</param>
    public void Resample(ReadOnlySpan<float> row, int from, Span<float> destination)
    {
        int count = destination.Length;
        RowSpread.Of(
            row,
            row.Length,
            Lower.AsSpan(from, count),
            Upper.AsSpan(from, count),
            UpperWeight.AsSpan(from, count),
            destination);
    }
}
