using System.Runtime.CompilerServices;

namespace DiffSeg;

/// <summary>
/// Bilinear resampling along one axis: for every output position the two input positions and the weight of the second.
/// Half-pixel centres, no antialiasing, edge clamp.
/// </summary>
internal sealed class BilinearAxis
{
    private BilinearAxis(int[] lower, int[] upper, float[] upperWeight)
    {
        Lower = lower;
        Upper = upper;
        UpperWeight = upperWeight;
    }

    /// <summary>Output positions.</summary>
    public int Count => Lower.Length;

    /// <summary>The input position at or before each output position.</summary>
    public int[] Lower { get; }

    /// <summary>The input position after it, or the same at the edge.</summary>
    public int[] Upper { get; }

    /// <summary>Weight of <see cref="Upper"/>, in [0, 1); that of <see cref="Lower"/> is the rest to 1.</summary>
    public float[] UpperWeight { get; }

    /// <summary>Output position i lies at start + (i + 0.5) span / count - 0.5 of the input.</summary>
    /// <param name="input">Input positions.</param>
    /// <param name="count">Output positions.</param>
    /// <param name="start">Where the output's edge lies, in input positions from the input's edge.</param>
    /// <param name="span">How many input positions the output covers.</param>
    /// <returns>The axis.</returns>
    public static BilinearAxis Create(int input, int count, double start, double span)
    {
        BilinearAxis axis = new(new int[count], new int[count], new float[count]);
        for (int i = 0; i < count; i++)
        {
            double position = Math.Clamp(start + ((i + 0.5) * span / count) - 0.5, 0, input - 1);
            int lower = (int)position;
            axis.Lower[i] = lower;
            axis.Upper[i] = Math.Min(lower + 1, input - 1);
            axis.UpperWeight[i] = (float)(position - lower);
        }

        return axis;
    }

    /// <summary>From all of the input to <paramref name="count"/> positions.</summary>
    /// <param name="input">Input positions.</param>
    /// <param name="count">Output positions.</param>
    /// <returns>The axis.</returns>
    public static BilinearAxis Whole(int input, int count) => Create(input, count, 0, input);

    /// <summary>Some consecutive output positions.</summary>
    /// <param name="start">The first.</param>
    /// <param name="count">How many.</param>
    /// <returns>An axis of those.</returns>
    public BilinearAxis Slice(int start, int count) =>
        new(Lower[start..(start + count)], Upper[start..(start + count)], UpperWeight[start..(start + count)]);

    /// <summary>Resamples one row along this axis.</summary>
    /// <param name="row">One value per input position.</param>
    /// <param name="destination">One value per output position.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Resample(ReadOnlySpan<float> row, Span<float> destination)
    {
        int[] lower = Lower;
        int[] upper = Upper;
        float[] weight = UpperWeight;
        for (int i = 0; i < destination.Length; i++)
        {
            float a = row[lower[i]];
            destination[i] = a + ((row[upper[i]] - a) * weight[i]);
        }
    }
}
