namespace DiffSeg.Pictures.Drawing;

/// <summary>
/// Which input positions make up each output position along one side, in whole numbers that sum to <see cref="One"/>: the
/// share that each covers where the side shrinks, the two nearest centres where it grows.
/// </summary>
internal sealed class ScalingAxis
{
    /// <summary>The sum of an output position's weights.</summary>
    public const int One = 1 << 12;

    private readonly int[] _first;
    private readonly int[][] _weights;

    /// <param name="input">Input positions, at least 1.</param>
    /// <param name="output">Output positions, at least 1.</param>
    public ScalingAxis(int input, int output)
    {
        (_first, _weights) = (new int[output], new int[output][]);
        double step = (double)input / output;
        for (int i = 0; i < output; i++)
        {
            (double from, double to) = step >= 1 ? (i * step, (i + 1) * step) : Between(((i + 0.5) * step) - 0.5, input);
            int first = Math.Min((int)from, input - 1);
            int last = Math.Clamp((int)Math.Ceiling(to) - 1, first, input - 1);
            _first[i] = first;
            _weights[i] = Shares(first, last, from, to);
        }
    }

    /// <summary>Output positions.</summary>
    public int Count => _first.Length;

    /// <summary>The first input position of an output position, and the weights from there on.</summary>
    public (int First, int[] Weights) this[int output] => (_first[output], _weights[output]);

    // Linear interpolation is the mean over a stretch as long as one input position, from centre to centre.
    private static (double From, double To) Between(double position, int input)
    {
        double clamped = Math.Clamp(position, 0, input - 1);
        return (clamped, clamped + 1);
    }

    // Rounded as running sums, so that together they are exactly One.
    private static int[] Shares(int first, int last, double from, double to)
    {
        int[] weights = new int[last - first + 1];
        double end = Math.Min(to, last + 1);
        int given = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double covered = Math.Min(end, first + i + 1) - from;
            int sum = i == weights.Length - 1 ? One : (int)Math.Round(One * covered / (end - from));
            weights[i] = sum - given;
            given = sum;
        }

        return weights;
    }
}
