using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Wording;

namespace DiffSeg.Cli.Evaluating.Report.Tables;

/// <summary>The classes of the main run.</summary>
/// <param name="Present">Classes with an IoU, the best first.</param>
/// <param name="Absent">Names of the classes that are neither in the truth nor found.</param>
internal sealed record ClassFigures(IReadOnlyList<ClassFigure> Present, IReadOnlyList<string> Absent)
{
    /// <summary>Of an evaluation.</summary>
    /// <param name="result">The evaluation.</param>
    public static ClassFigures Of(EvaluationResult result)
    {
        EvaluationRun run = result.FindMain();
        ClassFigure[] all =
        [
            .. result.DataSet.Classes
                .Select((name, i) => new ClassFigure(name, run.ClassIou.ElementAtOr(i, double.NaN), run.ClassAccuracy.ElementAtOr(i, double.NaN))),
        ];
        return new ClassFigures(
            [.. all.Where(figure => double.IsFinite(figure.Iou)).OrderByDescending(figure => figure.Iou)],
            [.. all.Where(figure => !double.IsFinite(figure.Iou)).Select(figure => figure.Name)]);
    }

    /// <summary>The table.</summary>
    /// <param name="result">The evaluation.</param>
    public ReportTable Table(EvaluationResult result) => new(
        $"Classes, {result.MainRun}",
        ProtocolText.Line(result),
        [new ReportColumn("Class"), new ReportColumn("IoU, %", IsNumber: true), new ReportColumn("Accuracy, %", IsNumber: true)],
        [.. Present.Select(figure => new ReportRow(RowKind.Plain, [figure.Name, Figures.WholePercent(figure.Iou), Figures.WholePercent(figure.Accuracy)]))]);
}

/// <summary>A class.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Iou">Its IoU, 0..1.</param>
/// <param name="Accuracy">Share of its pixels that got it, 0..1; NaN where it is not in the truth.</param>
internal sealed record ClassFigure(string Name, double Iou, double Accuracy);
