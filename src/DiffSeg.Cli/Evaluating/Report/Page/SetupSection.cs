using System.Xml.Linq;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Tables;

namespace DiffSeg.Cli.Evaluating.Report.Page;

/// <summary>Settings, models and machine, and the images left out.</summary>
internal static class SetupSection
{
    private const int MostSkippedOpen = 10;

    /// <summary>The element.</summary>
    /// <param name="result">The evaluation.</param>
    public static XElement Of(EvaluationResult result) => PageSection.Of(
        "setup", "Setup", Markup.Of("div", "tables", SetupTables.Of(result).Select(HtmlTable.Of)), Skipped(result));

    private static XElement? Skipped(EvaluationResult result)
    {
        if (SetupTables.Skipped(result) is not { } table)
        {
            return null;
        }

        XElement element = HtmlTable.Of(table);
        return table.Rows.Count > MostSkippedOpen ? PageSection.Folded($"{table.Rows.Count} images were skipped", element) : element;
    }
}
