namespace DiffSeg.Cli.Evaluating.Report.Charts;

/// <summary>Which values an axis must show.</summary>
/// <param name="Least">The lowest possible value; axes never go below it.</param>
/// <param name="Most">The highest possible value; axes never go above it.</param>
/// <param name="Narrowest">The narrowest range shown, so that noise does not look like a difference.</param>
internal sealed record ChartRange(double Least, double Most, double Narrowest)
{
    private const double Margin = 0.08;

    /// <summary>Of shares in percent.</summary>
    public static ChartRange Percent { get; } = new(0, 100, 4);

    /// <summary>Of what has no upper end.</summary>
    public static ChartRange Positive { get; } = new(0, double.PositiveInfinity, 0);

    /// <summary>Ticks for figures and their error bars.</summary>
    /// <param name="marks">Figures, at least one of them finite.</param>
    /// <param name="fromLeast">Whether the axis begins at the lowest possible value.</param>
    /// <param name="steps">About how many steps.</param>
    public NiceTicks Ticks(IEnumerable<ChartMark> marks, bool fromLeast, int steps)
    {
        ChartMark[] finite = [.. marks.Where(mark => double.IsFinite(mark.Value))];
        double low = finite.Min(mark => mark.Range.Low), high = finite.Max(mark => mark.Range.High);
        double margin = Margin * (high - low);
        double missing = Math.Max(0, Narrowest - (high - low) - (2 * margin)) / 2;
        (low, high) = (low - margin - missing, high + margin + missing);
        if (high - low <= 1e-9 * Math.Abs(high))
        {
            // A single value without an end: the axis must still go from somewhere to somewhere.
            double around = Math.Abs(high) > 0 ? Math.Abs(high) / 4 : 1;
            (low, high) = (low - around, high + around);
        }

        low = fromLeast ? Math.Min(Least, finite.Min(mark => mark.Value)) : Math.Max(low, Math.Min(Least, finite.Min(mark => mark.Value)));
        high = Math.Min(high, Math.Max(Most, finite.Max(mark => mark.Value)));
        return NiceTicks.Around(low, high > low ? high : low + 1, steps);
    }
}
