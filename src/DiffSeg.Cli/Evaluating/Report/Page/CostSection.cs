using System.Xml.Linq;
using DiffSeg.Cli.Evaluating.Report.Charts;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Tables;
using DiffSeg.Cli.Evaluating.Report.Wording;

namespace DiffSeg.Cli.Evaluating.Report.Page;

/// <summary>What the stages of the main run cost.</summary>
internal static class CostSection
{
    /// <summary>The element; null when nothing was timed.</summary>
    /// <param name="result">The evaluation.</param>
    public static XElement? Of(EvaluationResult result)
    {
        IReadOnlyList<StageCost> stages = result.FindMain().Stages;
        if (stages.Count == 0)
        {
            return null;
        }

        // Seconds where milliseconds would be long numbers.
        bool inSeconds = stages.Max(stage => stage.MeanMilliseconds) >= 2000;
        ChartMark[] marks =
        [
            .. stages.Select(stage => new ChartMark(
                stage.Name, stage.MeanMilliseconds / (inSeconds ? 1000 : 1), double.NaN, MarkKind.Measured, Figures.Time(stage.MeanMilliseconds))),
        ];
        string title = $"Mean time per image, {(inSeconds ? "s" : "ms")}";
        return PageSection.Of(
            "cost",
            "Time and memory",
            Markup.Of("div", "charts", PageSection.Figure(
                title,
                ChartMarks.Any(marks) ? new RowChart(title, ChartRange.Positive.Ticks(marks, fromLeast: true, steps: 4), asBars: true).Of(marks) : null)),
            HtmlTable.Of(StageTable.Of(result)));
    }
}
