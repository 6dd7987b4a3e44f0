using DiffSeg.Cli.Evaluating.Report.Markdown;
using DiffSeg.Cli.Evaluating.Report.Page;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Output;

namespace DiffSeg.Cli.Evaluating.Report;

/// <summary>The three files of a report: metrics.json, report.md, report.html.</summary>
internal static class ReportFiles
{
    /// <summary>The name of the Markdown.</summary>
    public const string Markdown = "report.md";

    /// <summary>The name of the page.</summary>
    public const string Page = "report.html";

    /// <summary>Writes all three, each whole or not at all, the figures first.</summary>
    /// <param name="folder">Where to; it exists, and the pictures of <see cref="ImageScore"/> lie in it.</param>
    /// <param name="result">The evaluation.</param>
    /// <exception cref="InvalidDataException">The evaluation names a run that it does not have; nothing is written.</exception>
    public static void Write(string folder, EvaluationResult result)
    {
        (string markdown, string page) = (MarkdownReport.Render(result), HtmlReport.Render(result, folder));
        MetricsFile.Write(Path.Combine(folder, MetricsFile.Name), result);
        Write(Path.Combine(folder, Markdown), markdown);
        Write(Path.Combine(folder, Page), page);
    }

    private static void Write(string path, string text)
    {
        using var file = new AtomicFile(path);
        File.WriteAllText(file.TemporaryPath, text);
        file.Commit();
    }
}
