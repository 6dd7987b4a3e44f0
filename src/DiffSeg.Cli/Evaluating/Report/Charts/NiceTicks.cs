namespace DiffSeg.Cli.Evaluating.Report.Charts;

/// <summary>Round numbers for an axis: steps of 1, 2 or 5 times a power of ten.</summary>
/// <param name="Values">The ticks, rising; the first and the last enclose what was asked for.</param>
/// <param name="Decimals">Decimals that tell them apart.</param>
internal sealed record NiceTicks(IReadOnlyList<double> Values, int Decimals)
{
    /// <summary>The first tick.</summary>
    public double From => Values[0];

    /// <summary>The last tick.</summary>
    public double To => Values[^1];

    /// <summary>Ticks around a range.</summary>
    /// <param name="from">Where it begins, finite.</param>
    /// <param name="to">Where it ends, finite and above <paramref name="from"/>.</param>
    /// <param name="steps">About how many steps, at least 1.</param>
    public static NiceTicks Around(double from, double to, int steps)
    {
        double step = Step((to - from) / steps);
        double first = Math.Floor((from / step) + 1e-9);
        double last = Math.Ceiling((to / step) - 1e-9);
        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));

        // A multiple, not a sum: sums drift. Rounded: 3 x 0.1 is not 0.3.
        int digits = Math.Min(decimals + 1, 15);
        return new NiceTicks([.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => Math.Round((first + i) * step, digits))], decimals);
    }

    private static double Step(double atLeast)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));

        // A little less, or a range that was rounded up would take the next step.
        double lead = atLeast / power * (1 - 1e-7);
        return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
    }
}
