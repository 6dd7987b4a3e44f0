using System.Xml.Linq;
using DiffSeg.Cli.Evaluating.Report.Charts;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Tables;
using DiffSeg.Cli.Evaluating.Report.Wording;

namespace DiffSeg.Cli.Evaluating.Report.Page;

/// <summary>IoU and accuracy of each class, the best first.</summary>
internal static class ClassSection
{
    // A panel is as high as a phone's screen; of very many classes the best and the worst are drawn.
    private const int RowsOfPanel = 14;
    private const int MostDrawn = 56;
    private const int MostListed = 12;

    /// <summary>The element; null when there are no classes.</summary>
    /// <param name="result">The evaluation.</param>
    public static XElement? Of(EvaluationResult result)
    {
        if (result.DataSet.Classes.Count == 0 || result.FindMain().ClassIou.Count == 0)
        {
            return null;
        }

        ClassFigures figures = ClassFigures.Of(result);
        return PageSection.Of(
            "classes",
            "Classes",
            Markup.Of("p", "small", $"{result.MainRun}. {ProtocolText.Line(result)}"),
            Markup.Of("p", "legend", Markup.Of("span", "key-bar", "IoU, %"), Markup.Of("span", "key-dot", "accuracy, %")),
            figures.Present.Count > MostDrawn
                ? Markup.Of("p", "small", $"The {MostDrawn / 2} best and the {MostDrawn / 2} worst of {figures.Present.Count} classes; all are in the table.")
                : null,
            Markup.Of("div", "charts", Panels(Drawn(figures.Present))),
            Absent(figures.Absent),
            figures.Present.Count > 0 ? PageSection.Folded("Table of all classes", HtmlTable.Of(figures.Table(result))) : null);
    }

    private static IReadOnlyList<ClassFigure> Drawn(IReadOnlyList<ClassFigure> all) => all.Count <= MostDrawn
        ? all
        : [.. all.Take(MostDrawn / 2), .. all.TakeLast(MostDrawn / 2)];

    private static IEnumerable<XElement> Panels(IReadOnlyList<ClassFigure> classes)
    {
        if (classes.Count == 0)
        {
            yield break;
        }

        NiceTicks ticks = ChartRange.Percent.Ticks(
            classes.SelectMany(figure => new[] { figure.Iou, figure.Accuracy }).Select(share => new ChartMark("", 100 * share, double.NaN, MarkKind.Measured, "")),
            fromLeast: true,
            steps: 5);
        ChartMark[] marks =
            [.. classes.Select(figure => new ChartMark(figure.Name, 100 * figure.Iou, double.NaN, MarkKind.Measured, Figures.WholePercent(figure.Iou)))];
        var chart = new RowChart("IoU of classes, %", ticks, asBars: true, alike: marks);
        int panels = (classes.Count + RowsOfPanel - 1) / RowsOfPanel;
        foreach ((ChartMark Mark, double Accuracy)[] panel in marks.Zip(classes, (mark, figure) => (mark, 100 * figure.Accuracy)).Chunk((classes.Count + panels - 1) / panels))
        {
            yield return Markup.Of("figure", null, chart.Of([.. panel.Select(row => row.Mark)], [.. panel.Select(row => row.Accuracy)]));
        }
    }

    private static XElement? Absent(IReadOnlyList<string> names) => names.Count switch
    {
        0 => null,
        <= MostListed => Markup.Of("p", "small", $"Neither in the ground truth nor found: {string.Join(", ", names)}."),
        _ => PageSection.Folded($"{names.Count} classes are neither in the ground truth nor found", Markup.Of("p", "small", string.Join(", ", names))),
    };
}
