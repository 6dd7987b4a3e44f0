using System.Xml.Linq;
using DiffSeg.Cli.Evaluating.Report.Charts;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Tables;
using DiffSeg.Cli.Evaluating.Report.Wording;

namespace DiffSeg.Cli.Evaluating.Report.Page;

/// <summary>The sweeps: a curve per figure where the setting is a number, rows where it is none.</summary>
internal static class SweepSection
{
    /// <summary>The element; null when there was no sweep.</summary>
    /// <param name="result">The evaluation.</param>
    public static XElement? Of(EvaluationResult result) => result.Sweeps.Count == 0 ? null : PageSection.Of(
        "sweeps",
        "Sweeps",
        Markup.Of("p", "small", $"One setting changes, all others stay. Bars are one standard error over images. {ProtocolText.Line(result)}"),
        result.Sweeps.Where(sweep => sweep.Points.Count > 0).Select(sweep => Markup.Of(
            "div",
            "sweep",
            Markup.Of("h3", null, sweep.Title),
            Markup.Of("div", "charts", MethodTable.Headline(result).Select(word => Chart(result, sweep, word))),
            PageSection.Folded($"Table: {sweep.Title}", HtmlTable.Of(SweepTable.Of(result, sweep))))));

    private static XElement Chart(EvaluationResult result, Sweep sweep, MetricWord word)
    {
        (double? Setting, ChartMark Mark)[] points =
        [
            .. sweep.Points.Select(point =>
                (point.Value, ChartMarks.Measured(word, point.Label, result.Find(point.Run).Metric(word.Name), point.IsDefault))),
        ];
        ChartMark[] marks = [.. points.Select(point => point.Mark)];
        return PageSection.Figure(word.Heading, Drawing());

        XElement? Drawing()
        {
            if (!ChartMarks.Any(marks))
            {
                return null;
            }

            if (Array.TrueForAll(points, point => point.Setting is { } value && double.IsFinite(value)))
            {
                return CurveChart.Of(word.Heading, sweep.Title, points.Select(point => (point.Setting!.Value, point.Mark)), ChartMarks.Range(word));
            }

            ChartMark[] rows = [.. marks.Select(mark => mark.Kind == MarkKind.Main ? mark with { Label = $"{mark.Label} (default)" } : mark)];
            return new RowChart($"{word.Heading} by {sweep.Title}", ChartMarks.Range(word).Ticks(rows, fromLeast: false, steps: 4), asBars: false).Of(rows);
        }
    }
}
