namespace DiffSeg.Cli.Evaluating.Report.Charts;

/// <summary>Values to places on the drawing.</summary>
/// <param name="From">Value at the start; positive on a logarithmic axis.</param>
/// <param name="To">Value at the end, another one.</param>
/// <param name="Start">Place of the first value.</param>
/// <param name="End">Place of the last value; below <paramref name="Start"/> where values rise upwards.</param>
/// <param name="IsLogarithmic">Whether equal ratios, not equal differences, are equally far apart.</param>
internal sealed record Axis(double From, double To, double Start, double End, bool IsLogarithmic = false)
{
    /// <summary>The place of a value; one outside is put at the axis' end.</summary>
    /// <param name="value">A finite value.</param>
    public double At(double value)
    {
        double inside = Math.Clamp(value, Math.Min(From, To), Math.Max(From, To));
        double share = IsLogarithmic
            ? Math.Log(inside / From) / Math.Log(To / From)
            : (inside - From) / (To - From);
        return Start + (share * (End - Start));
    }

    /// <summary>Whether values are spaced more evenly by their ratios than by their differences: 4, 8, 16, 32.</summary>
    /// <param name="values">The values, rising, each once.</param>
    public static bool IsBetterLogarithmic(IReadOnlyList<double> values) =>
        values.Count > 2 && values[0] > 0 && Unevenness(values, Math.Log) < 0.5 * Unevenness(values, value => value);

    // The largest gap over the smallest; 1 when all are equal.
    private static double Unevenness(IReadOnlyList<double> values, Func<double, double> scale)
    {
        double[] gaps = [.. values.Skip(1).Zip(values, (next, value) => scale(next) - scale(value))];
        return gaps.Max() / gaps.Min();
    }
}
