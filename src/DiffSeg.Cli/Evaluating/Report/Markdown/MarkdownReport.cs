using System.Text;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Tables;
using DiffSeg.Cli.Evaluating.Report.Wording;

namespace DiffSeg.Cli.Evaluating.Report.Markdown;

/// <summary>report.md: the figures of the page as tables.</summary>
internal static class MarkdownReport
{
    /// <summary>The text.</summary>
    /// <param name="result">The evaluation.</param>
    /// <exception cref="InvalidDataException">The evaluation names a run that it does not have.</exception>
    public static string Render(EvaluationResult result)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(MarkdownText.Escape($"{result.MainRun} on {result.DataSet.Name}")).Append("\n\n");
        Paragraph(text, HeadText.Lead(result));
        IReadOnlyList<string> reasons = Plumbing.Reasons(result);
        if (reasons.Count > 0)
        {
            text.Append("> **").Append(Plumbing.Statement).Append("** ").Append(MarkdownText.Escape(string.Join(' ', reasons))).Append("\n\n");
        }

        foreach (string note in result.Notes)
        {
            Paragraph(text, note);
        }

        Methods(text, result);
        Classes(text, result);
        foreach (Sweep sweep in result.Sweeps.Where(sweep => sweep.Points.Count > 0))
        {
            ReportTable table = SweepTable.Of(result, sweep);
            MarkdownTable.Write(text, 2, table with { Title = $"Sweep: {table.Title}" });
        }

        if (result.FindMain().Stages.Count > 0)
        {
            MarkdownTable.Write(text, 2, StageTable.Of(result));
        }

        text.Append("## Setup\n\n");
        foreach (ReportTable table in SetupTables.Of(result))
        {
            MarkdownTable.Write(text, 3, table);
        }

        if (SetupTables.Skipped(result) is { } skipped)
        {
            MarkdownTable.Write(text, 2, skipped);
        }

        Paragraph(text, HeadText.Made(result));
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Methods(StringBuilder text, EvaluationResult result)
    {
        MarkdownTable.Write(text, 2, MethodTable.Of(result));
        foreach (string source in MethodTable.Sources(result))
        {
            Paragraph(text, $"Published figures are from: {source}.");
        }

        if (MethodTable.OfFurther(result) is { } further)
        {
            MarkdownTable.Write(text, 2, further);
        }
    }

    private static void Classes(StringBuilder text, EvaluationResult result)
    {
        ClassFigures figures = ClassFigures.Of(result);
        if (figures.Present.Count == 0)
        {
            return;
        }

        MarkdownTable.Write(text, 2, figures.Table(result));
        if (figures.Absent.Count > 0)
        {
            Paragraph(text, $"Neither in the ground truth nor found: {string.Join(", ", figures.Absent)}.");
        }
    }

    private static void Paragraph(StringBuilder text, string paragraph) => text.Append(MarkdownText.Escape(paragraph)).Append("\n\n");
}
