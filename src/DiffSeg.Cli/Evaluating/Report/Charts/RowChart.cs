using System.Globalization;
using System.Xml.Linq;

namespace DiffSeg.Cli.Evaluating.Report.Charts;

/// <summary>A figure per row: what it is of on the left, the figure as text on the right, marked in between.</summary>
/// <param name="title">What the figure is: "mIoU, %".</param>
/// <param name="ticks">The horizontal axis, so that charts side by side can share one.</param>
/// <param name="asBars">Whether a figure is a bar from the axis' start rather than a point with an error bar.</param>
/// <param name="alike">Rows of all charts that shall begin and end at the same places; null for this one alone.</param>
internal sealed class RowChart(string title, NiceTicks ticks, bool asBars, IReadOnlyList<ChartMark>? alike = null)
{
    /// <summary>Width in pixels; narrow enough for a phone.</summary>
    public const double Width = 340;

    private const double FontSize = 11;
    private const double WidestLabel = 176;
    private const double Gap = 10;
    private const double Top = 6;
    private const double Bottom = 22;
    private const double Radius = 3.5;
    private const double Cap = 3.5;

    // Bold faces are wider.
    private const double Bold = 1.1;

    private readonly double _row = asBars ? 19 : 24;

    /// <summary>Draws it.</summary>
    /// <param name="marks">The rows, from the top; at least one. A figure that is not finite has no mark.</param>
    /// <param name="dots">A second figure for a row, drawn as a small dot; NaN for none, null for no such figures.</param>
    public XElement Of(IReadOnlyList<ChartMark> marks, IReadOnlyList<double>? dots = null)
    {
        double bottom = Top + (marks.Count * _row);
        double left = Math.Min(WidestLabel, (alike ?? marks).Max(mark => WidthOf(mark, mark.Label))) + Gap;
        double right = Width - Gap - (alike ?? marks).Max(mark => WidthOf(mark, mark.Text));
        var x = new Axis(ticks.From, ticks.To, left, right);
        var drawing = new Drawing(Width, bottom + Bottom, title, string.Join("; ", marks.Select(mark => mark.Says)));
        drawing.Rectangle("plot", left, Top, right - left, bottom - Top);
        Grid(drawing, x, bottom);
        for (int i = 0; i < marks.Count; i++)
        {
            double y = Top + ((i + 0.5) * _row);
            ChartMark mark = marks[i];
            string style = mark.Kind switch { MarkKind.Main => " strong", MarkKind.Published => " paper", _ => "" };
            drawing.Text($"label end{style}", left - Gap, y + 4, TextWidth.Fit(mark.Label, FaceOf(mark), left - Gap), mark.Label);
            drawing.Text($"value end{style}", Width, y + 4, mark.Text);
            if (double.IsFinite(mark.Value))
            {
                Mark(drawing, x, y, mark);
            }

            if (dots is not null && double.IsFinite(dots[i]))
            {
                drawing.Disc("dot", x.At(dots[i]), y, 3);
            }
        }

        return drawing.Root;
    }

    private void Mark(Drawing drawing, Axis x, double y, ChartMark mark)
    {
        if (asBars)
        {
            drawing.Rectangle("bar", x.Start, y - (0.32 * _row), x.At(mark.Value) - x.Start, 0.64 * _row, mark.Says);
            return;
        }

        // An error bar that its point would hide is left to the text.
        (double low, double high) = (x.At(mark.Range.Low), x.At(mark.Range.High));
        if (high - low > 4 * Radius)
        {
            drawing.Line("error", low, y, high, y);
            drawing.Line("error", low, y - Cap, low, y + Cap);
            drawing.Line("error", high, y - Cap, high, y + Cap);
        }

        if (mark.Kind == MarkKind.Published)
        {
            drawing.Diamond("published", x.At(mark.Value), y, Radius + 1.5, mark.Says);
        }
        else
        {
            drawing.Disc("point", x.At(mark.Value), y, mark.Kind == MarkKind.Main ? Radius + 1 : Radius, mark.Says);
        }
    }

    private static double FaceOf(ChartMark mark) => mark.Kind == MarkKind.Main ? FontSize * Bold : FontSize;

    private static double WidthOf(ChartMark mark, string text) => TextWidth.Of(text, FaceOf(mark));

    private void Grid(Drawing drawing, Axis x, double bottom)
    {
        double end = double.NegativeInfinity;
        foreach (double tick in ticks.Values)
        {
            drawing.Line("grid", x.At(tick), Top, x.At(tick), bottom);
            string text = tick.ToString($"F{ticks.Decimals}", CultureInfo.InvariantCulture);
            double half = TextWidth.Of(text, FontSize) / 2;
            if (x.At(tick) - half > end + 5)
            {
                drawing.Text("tick middle", x.At(tick), bottom + 15, text);
                end = x.At(tick) + half;
            }
        }
    }
}
