using System.Globalization;
using System.Xml.Linq;
using DiffSeg.Cli.Evaluating.Report.Charts;

namespace DiffSeg.Cli.Tests.Evaluating.Report;

public sealed class ChartTests
{
    private static readonly ChartMark[] Marks =
    [
        Mark("0.5", 20, 2), Mark("0.7", 25, 30), Mark("0.9", 40, double.NaN), Mark("1.1", 60, 1) with { Kind = MarkKind.Main }, Mark("1.3", 99.5, 3),
    ];

    [Fact]
    public void Curve_has_a_point_per_setting_inside_the_axes_and_rising_with_both()
    {
        XElement svg = Curve(Marks)!;

        (double X, double Y)[] points = [.. All(svg, "circle").Select(circle => (Number(circle, "cx"), Number(circle, "cy")))];
        Assert.Equal(Marks.Length, points.Length);
        Assert.Equal(points.OrderBy(point => point.X), points);
        Assert.Equal(points.OrderByDescending(point => point.Y), points);
        (double left, double top, double right, double bottom) = Plot(svg);
        Assert.All(points, point => Assert.True(point.X > left && point.X < right && point.Y >= top && point.Y <= bottom, $"{point}"));
        Assert.Equal(string.Join(' ', points.Select(point => $"{Drawing.Number(point.X)},{Drawing.Number(point.Y)}")), (string?)Assert.Single(All(svg, "polyline")).Attribute("points"));
    }

    [Fact]
    public void Error_bars_stay_inside_the_axes_and_those_unknown_are_left_out()
    {
        XElement svg = Curve(Marks)!;

        (_, double top, _, double bottom) = Plot(svg);
        XElement[] bars = [.. All(svg, "line").Where(line => (string?)line.Attribute("class") == "error")];
        Assert.Equal(0, bars.Length % 3);
        Assert.InRange(bars.Length / 3, 1, Marks.Length - 1);
        Assert.All(bars, bar => Assert.True(Number(bar, "y1") <= bottom && Number(bar, "y2") >= top));
    }

    [Fact]
    public void Default_is_marked_and_its_label_always_there()
    {
        ChartMark[] crowded = [.. Enumerable.Range(0, 40).Select(i => Mark($"{i / 100.0:F2}", 10 + i, 1) with { Kind = i == 21 ? MarkKind.Main : MarkKind.Measured })];

        XElement svg = Curve(crowded)!;

        Assert.Single(All(svg, "line"), line => (string?)line.Attribute("class") == "default");
        Assert.Contains("0.21", Labels(svg));
        Assert.Contains("default", Texts(svg));
        Assert.InRange(Labels(svg).Count(), 2, 20);
        AssertNoLabelsCollide(svg);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Undefined_figures_are_left_out(double value)
    {
        Assert.Null(Curve([Mark("1", value, 1)]));
        Assert.Single(All(Curve([Mark("1", value, 1), Mark("2", 7, value)])!, "circle"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(43.6)]
    [InlineData(100)]
    public void One_setting_is_a_point_in_the_middle(double value)
    {
        XElement svg = Curve([Mark("1.1", value, double.NaN)])!;

        (double left, double top, double right, double bottom) = Plot(svg);
        XElement point = Assert.Single(All(svg, "circle"));
        Assert.InRange(Number(point, "cx"), left + 50, right - 50);
        Assert.InRange(Number(point, "cy"), top, bottom);
    }

    [Fact]
    public void Axis_of_equal_figures_does_not_blow_up_noise()
    {
        NiceTicks ticks = ChartRange.Percent.Ticks([Mark("a", 43.600, 0), Mark("b", 43.601, 0)], fromLeast: false, steps: 4);

        Assert.InRange(ticks.To - ticks.From, ChartRange.Percent.Narrowest, 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(27)]
    [InlineData(200)]
    public void Rows_have_a_bar_each_inside_the_axes(int count)
    {
        ChartMark[] marks = [.. Enumerable.Range(0, count).Select(i => Mark($"a class with a name that is rather long {i}", 100.0 * i / count, double.NaN))];

        XElement svg = new RowChart("IoU, %", ChartRange.Percent.Ticks(marks, fromLeast: true, steps: 5), asBars: true).Of(marks, [.. marks.Select(_ => double.NaN)]);

        (double left, double top, double right, double bottom) = Plot(svg);
        XElement[] bars = [.. All(svg, "rect").Where(bar => (string?)bar.Attribute("class") == "bar")];
        Assert.Equal(count, bars.Length);
        Assert.All(bars, bar =>
        {
            Assert.Equal(left, Number(bar, "x"), 1);
            Assert.InRange(Number(bar, "x") + Number(bar, "width"), left, right + 0.11);
            Assert.InRange(Number(bar, "y"), top, bottom);
            Assert.InRange(Number(bar, "y") + Number(bar, "height"), top, bottom);
        });
        Assert.Equal(bars.Select(bar => Number(bar, "width")).Order(), bars.Select(bar => Number(bar, "width")));
        Assert.Empty(All(svg, "circle"));
        AssertNoLabelsCollide(svg);
    }

    [Fact]
    public void Charts_side_by_side_begin_and_end_at_the_same_places()
    {
        ChartMark[] marks = [Mark("a", 5, double.NaN), Mark("a much longer label", 6.123, double.NaN)];
        var chart = new RowChart("x", NiceTicks.Around(0, 10, 5), asBars: true, alike: marks);

        Assert.Equal(Plot(chart.Of(marks[..1])) with { Bottom = 0 }, Plot(chart.Of(marks[1..])) with { Bottom = 0 });
        Assert.NotEqual(Plot(chart.Of(marks[..1])), Plot(new RowChart("x", NiceTicks.Around(0, 10, 5), asBars: true).Of(marks[..1])));
    }

    [Fact]
    public void Row_without_a_figure_keeps_its_label_and_has_no_mark()
    {
        ChartMark[] marks = [Mark("one", double.NaN, 1), Mark("two", 5, 1), Mark("three", 5, double.NaN) with { Kind = MarkKind.Published }];

        XElement svg = new RowChart("x", ChartRange.Percent.Ticks(marks, fromLeast: true, steps: 5), asBars: false).Of(marks);

        Assert.Single(All(svg, "circle"));
        Assert.Single(All(svg, "path"));
        Assert.Contains("one", Texts(svg));
    }

    [Fact]
    public void Long_labels_are_cut_and_whole_under_the_pointer()
    {
        string name = new('m', 100);

        XElement svg = new RowChart("x", NiceTicks.Around(0, 10, 5), asBars: true).Of([Mark(name, 5, double.NaN)]);

        XElement label = All(svg, "text").First(text => ((string?)text.Attribute("class"))!.StartsWith("label", StringComparison.Ordinal));
        Assert.EndsWith("…", label.Nodes().OfType<XText>().Single().Value, StringComparison.Ordinal);
        Assert.Equal(name, label.Element("title")!.Value);
        Assert.InRange(TextWidth.Of(label.Nodes().OfType<XText>().Single().Value, 11), 1, Number(label, "x"));
    }

    [Fact]
    public void Drawing_says_what_it_shows()
    {
        XElement svg = Curve(Marks)!;

        Assert.Equal("img", (string?)svg.Attribute("role"));
        Assert.Equal("mIoU, % by KL threshold", svg.Element("title")!.Value);
        Assert.Contains("1.1: 60", svg.Element("desc")!.Value, StringComparison.Ordinal);
    }

    private static XElement? Curve(IReadOnlyList<ChartMark> marks) => CurveChart.Of(
        "mIoU, %", "KL threshold", marks.Select(mark => (double.Parse(mark.Label, CultureInfo.InvariantCulture), mark)), ChartRange.Percent);

    private static ChartMark Mark(string label, double value, double error) =>
        new(label, value, error, MarkKind.Measured, value.ToString(CultureInfo.InvariantCulture));

    private static IEnumerable<XElement> All(XElement svg, string name) => svg.Descendants(name);

    private static IEnumerable<string> Texts(XElement svg) => All(svg, "text").Select(text => text.Nodes().OfType<XText>().First().Value);

    // Of the horizontal axis.
    private static IEnumerable<string> Labels(XElement svg) => All(svg, "text")
        .Where(text => ((string?)text.Attribute("class"))!.StartsWith("tick middle", StringComparison.Ordinal))
        .Select(text => text.Value);

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static (double Left, double Top, double Right, double Bottom) Plot(XElement svg)
    {
        XElement plot = Assert.Single(All(svg, "rect"), rect => (string?)rect.Attribute("class") == "plot");
        (double x, double y) = (Number(plot, "x"), Number(plot, "y"));
        return (x, y, x + Number(plot, "width"), y + Number(plot, "height"));
    }

    private static void AssertNoLabelsCollide(XElement svg)
    {
        (double From, double To)[] labels =
        [
            .. All(svg, "text")
                .Where(text => ((string?)text.Attribute("class"))!.StartsWith("tick middle", StringComparison.Ordinal))
                .Select(text => (Number(text, "x"), TextWidth.Of(text.Value, 11) / 2))
                .Select(label => (label.Item1 - label.Item2, label.Item1 + label.Item2))
                .Order(),
        ];
        Assert.NotEmpty(labels);
        Assert.All(labels.Zip(labels.Skip(1)), pair => Assert.True(pair.First.To < pair.Second.From));
    }
}
