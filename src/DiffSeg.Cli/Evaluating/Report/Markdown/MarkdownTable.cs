using System.Text;
using DiffSeg.Cli.Evaluating.Report.Tables;

namespace DiffSeg.Cli.Evaluating.Report.Markdown;

/// <summary>A table in Markdown, with pipes.</summary>
internal static class MarkdownTable
{
    /// <summary>Writes it, its title as a head of the given level and its line beneath.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="level">1 for the largest head; 0 for none.</param>
    /// <param name="table">The table.</param>
    public static void Write(StringBuilder text, int level, ReportTable table)
    {
        if (level > 0)
        {
            text.Append('#', level).Append(' ').Append(MarkdownText.Escape(table.Title)).Append("\n\n");
        }

        if (table.Line.Length > 0)
        {
            text.Append(MarkdownText.Escape(table.Line)).Append("\n\n");
        }

        Row(text, table.Columns.Select(column => MarkdownText.Escape(column.Heading)));
        Row(text, table.Columns.Select(column => column.IsNumber ? "---:" : "---"));
        foreach (ReportRow row in table.Rows)
        {
            string mark = row.Kind switch { RowKind.Main => "**", RowKind.Published => "*", _ => "" };
            Row(text, row.Cells.Select((cell, i) => i == 0 && cell.Length > 0 ? mark + MarkdownText.Escape(cell) + mark : MarkdownText.Escape(cell)));
        }

        text.Append('\n');
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
