using System.Globalization;
using System.Xml.Linq;

namespace DiffSeg.Cli.Evaluating.Report.Charts;

/// <summary>A figure over a setting that is a number: points with error bars, joined, the default marked.</summary>
internal static class CurveChart
{
    /// <summary>Width in pixels; narrow enough for a phone.</summary>
    public const double Width = 340;

    /// <summary>Height in pixels.</summary>
    public const double Height = 230;

    private const double FontSize = 11;
    private const double Top = 20;
    private const double Right = 18;
    private const double Bottom = 42;
    private const double Radius = 3.5;
    private const double Cap = 4;

    /// <summary>Draws it.</summary>
    /// <param name="title">What the figure is: "mIoU, %".</param>
    /// <param name="setting">What the setting is: "KL threshold".</param>
    /// <param name="points">The figures, each with its setting's value; the labels are the settings as text.</param>
    /// <param name="range">Which values there can be.</param>
    /// <returns>The drawing; null when there is no figure to draw.</returns>
    public static XElement? Of(string title, string setting, IEnumerable<(double Setting, ChartMark Mark)> points, ChartRange range)
    {
        (double Setting, ChartMark Mark)[] shown =
            [.. points.Where(point => double.IsFinite(point.Setting) && double.IsFinite(point.Mark.Value)).OrderBy(point => point.Setting)];
        if (shown.Length == 0)
        {
            return null;
        }

        NiceTicks ticks = range.Ticks(shown.Select(point => point.Mark), fromLeast: false, steps: 4);
        double left = ticks.Values.Max(tick => TextWidth.Of(Text(tick, ticks), FontSize)) + 10;
        var y = new Axis(ticks.From, ticks.To, Height - Bottom, Top);
        Axis x = Horizontal([.. shown.Select(point => point.Setting).Distinct()], left + 12, Width - Right);
        var drawing = new Drawing(Width, Height, $"{title} by {setting}", string.Join("; ", shown.Select(point => point.Mark.Says)));

        drawing.Rectangle("plot", left, Top, Width - Right + 8 - left, Height - Bottom - Top);
        foreach (double tick in ticks.Values)
        {
            drawing.Line("grid", left, y.At(tick), Width - Right + 8, y.At(tick));
            drawing.Text("tick end", left - 6, y.At(tick) + 4, Text(tick, ticks));
        }

        Labels(drawing, shown, x);
        drawing.Text("axis middle", (left + Width - Right) / 2, Height - 6, x.IsLogarithmic ? $"{setting} (logarithmic)" : setting);
        drawing.Curve("curve", shown.Select(point => (x.At(point.Setting), y.At(point.Mark.Value))));
        foreach ((double value, ChartMark mark) in shown)
        {
            Point(drawing, x.At(value), y, mark);
        }

        return drawing.Root;
    }

    private static void Point(Drawing drawing, double x, Axis y, ChartMark mark)
    {
        // An error bar that its point would hide is left to the table.
        (double low, double high) = (y.At(mark.Range.Low), y.At(mark.Range.High));
        if (low - high > 3 * Radius)
        {
            drawing.Line("error", x, low, x, high);
            drawing.Line("error", x - Cap, low, x + Cap, low);
            drawing.Line("error", x - Cap, high, x + Cap, high);
        }

        drawing.Disc("point", x, y.At(mark.Value), mark.Kind == MarkKind.Main ? Radius + 1 : Radius, mark.Says);
    }

    // The default first, then from the left, each only where there is room.
    private static void Labels(Drawing drawing, IReadOnlyList<(double Setting, ChartMark Mark)> points, Axis x)
    {
        List<(double From, double To)> taken = [];
        foreach ((double value, ChartMark mark) in points.OrderBy(point => point.Mark.Kind != MarkKind.Main))
        {
            double half = TextWidth.Of(mark.Label, FontSize) / 2;
            double at = Math.Clamp(x.At(value), half, Math.Max(half, Width - half));
            bool isDefault = mark.Kind == MarkKind.Main;
            drawing.Line("grid", x.At(value), Height - Bottom, x.At(value), Height - Bottom + 4);
            if (isDefault)
            {
                double word = TextWidth.Of("default", FontSize) / 2;
                drawing.Line("default", x.At(value), Top, x.At(value), Height - Bottom);
                drawing.Text("default-label middle", Math.Clamp(x.At(value), word, Width - word), Top - 7, "default");
            }

            if (taken.TrueForAll(other => at + half + 5 < other.From || at - half - 5 > other.To))
            {
                taken.Add((at - half, at + half));
                drawing.Text(isDefault ? "tick middle strong" : "tick middle", at, Height - Bottom + 16, mark.Label);
            }
        }
    }

    private static Axis Horizontal(IReadOnlyList<double> settings, double start, double end) => settings.Count == 1
        ? new Axis(settings[0] - 1, settings[0] + 1, start, end)
        : new Axis(settings[0], settings[^1], start, end, Axis.IsBetterLogarithmic(settings));

    private static string Text(double tick, NiceTicks ticks) => tick.ToString($"F{ticks.Decimals}", CultureInfo.InvariantCulture);
}
