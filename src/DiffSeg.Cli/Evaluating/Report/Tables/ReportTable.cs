namespace DiffSeg.Cli.Evaluating.Report.Tables;

/// <summary>A table of the report: plain text, for the page and the Markdown alike.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Line">How it was measured; empty where nothing was.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows, each with a cell per column.</param>
internal sealed record ReportTable(
    string Title, string Line, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<ReportRow> Rows);

/// <summary>A column.</summary>
/// <param name="Heading">Its head.</param>
/// <param name="IsNumber">Whether it holds figures.</param>
internal sealed record ReportColumn(string Heading, bool IsNumber = false);

/// <summary>A row.</summary>
/// <param name="Kind">What stands in it.</param>
/// <param name="Cells">A cell per column.</param>
internal sealed record ReportRow(RowKind Kind, IReadOnlyList<string> Cells);

/// <summary>What stands in a row.</summary>
internal enum RowKind
{
    /// <summary>Something measured or set.</summary>
    Plain,

    /// <summary>The main run, or the default of a sweep.</summary>
    Main,

    /// <summary>Figures from a paper.</summary>
    Published,
}
