using System.Xml.Linq;
using DiffSeg.Cli.Evaluating.Report.Tables;

namespace DiffSeg.Cli.Evaluating.Report.Page;

/// <summary>A table on the page; one too wide for the screen scrolls by itself.</summary>
internal static class HtmlTable
{
    /// <summary>The element.</summary>
    /// <param name="table">The table.</param>
    public static XElement Of(ReportTable table) => Markup.Of(
        "figure",
        "table",
        Markup.Of("figcaption", null, table.Title, table.Line.Length > 0 ? Markup.Of("span", null, table.Line) : null),
        Markup.Of(
            "div",
            "scroll",
            new XAttribute("tabindex", "0"),
            new XAttribute("role", "region"),
            new XAttribute("aria-label", table.Title),
            Markup.Of(
                "table",
                table.Columns.Any(column => column.IsNumber) ? "figures" : null,
                new XAttribute("aria-label", table.Title),
                Markup.Of("thead", null, Markup.Of("tr", null, table.Columns.Select(column =>
                    Markup.Of("th", column.IsNumber ? "number" : null, new XAttribute("scope", "col"), column.Heading.Replace(", %", ",\u00A0%", StringComparison.Ordinal))))),
                Markup.Of("tbody", null, table.Rows.Select(row => Row(table, row))))));

    private static XElement Row(ReportTable table, ReportRow row) => Markup.Of("tr", StyleOf(row.Kind), row.Cells.Select((cell, i) => i == 0
        ? Markup.Of("th", null, new XAttribute("scope", "row"), cell)
        : Markup.Of("td", table.Columns[i].IsNumber ? "number" : null, cell)));

    private static string? StyleOf(RowKind kind) => kind switch
    {
        RowKind.Main => "main",
        RowKind.Published => "published",
        _ => null,
    };
}
