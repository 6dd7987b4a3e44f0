using System.Xml.Linq;
using DiffSeg.Cli.Evaluating.Report.Charts;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Tables;
using DiffSeg.Cli.Evaluating.Report.Wording;

namespace DiffSeg.Cli.Evaluating.Report.Page;

/// <summary>The methods beside each other and beside the published figures.</summary>
internal static class MethodSection
{
    /// <summary>The element.</summary>
    /// <param name="result">The evaluation.</param>
    public static XElement Of(EvaluationResult result) => PageSection.Of(
        "methods",
        "Methods",
        Legend(result),
        Markup.Of("div", "charts", MethodTable.Headline(result).Select(word => Chart(result, word))),
        HtmlTable.Of(MethodTable.Of(result)),
        Sources(result),
        MethodTable.OfFurther(result) is { } further ? HtmlTable.Of(further) : null);

    private static XElement Chart(EvaluationResult result, MetricWord word)
    {
        ChartMark[] marks =
        [
            .. MethodTable.Methods(result).Select(run => ChartMarks.Measured(word, run.Name, run.Metric(word.Name), run.Name == result.MainRun)),
            .. result.Published.Select(figure => ChartMarks.Published(word, figure)).OfType<ChartMark>(),
        ];
        return PageSection.Figure(
            word.Heading,
            ChartMarks.Any(marks) ? new RowChart(word.Heading, ChartMarks.Range(word).Ticks(marks, fromLeast: true, steps: 5), asBars: false).Of(marks) : null);
    }

    private static XElement Legend(EvaluationResult result) => Markup.Of(
        "p",
        "legend",
        Markup.Of("span", "key-point", "measured, ± one standard error; the main run in bold"),
        result.Published.Count > 0 ? Markup.Of("span", "key-published", "published, not measured here") : null);

    private static XElement? Sources(EvaluationResult result)
    {
        IReadOnlyList<string> sources = MethodTable.Sources(result);
        return sources.Count == 0 ? null : Markup.Of(
            "p",
            "small",
            $"Published figures are from: {string.Join("; ", sources)}. They stand on other models and on the whole data set, "
            + "so they compare with those measured here only where all of that is the same.");
    }
}
