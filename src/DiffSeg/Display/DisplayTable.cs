using System.Text;
using DiffSeg.Display.Notebooks;
using DiffSeg.Pictures.Drawing;

namespace DiffSeg.Display;

/// <summary>A table of texts to look at. Cells that look like numbers stand to the right.</summary>
[TypeFormatterSource]
public sealed class DisplayTable : IDisplay
{
    private readonly string _title;
    private readonly string[] _columns;
    private readonly string[][] _rows;

    /// <summary>A table.</summary>
    /// <param name="title">A line above it; empty for none.</param>
    /// <param name="columns">Headings, at least one; all empty for a table without.</param>
    /// <param name="rows">Rows of as many cells as there are columns.</param>
    /// <exception cref="ArgumentException">There is no column, or a row has another number of cells.</exception>
    public DisplayTable(string title, IEnumerable<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        (_title, _columns, _rows) = (title, [.. columns], [.. rows.Select(row => row.ToArray())]);
        if (_columns.Length == 0)
        {
            throw new ArgumentException("A table needs at least one column.", nameof(columns));
        }

        int wrong = Array.FindIndex(_rows, row => row.Length != _columns.Length);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"Row {wrong} of the table has {_rows[wrong].Length} cells; there are {_columns.Length} columns.", nameof(rows));
        }
    }

    /// <inheritdoc/>
    public byte[] ToPng() => TablePicture.Draw(_title, _columns, _rows, IsNumber).ToPng();

    /// <inheritdoc/>
    public string ToHtml()
    {
        var html = new StringBuilder("<table>");
        if (_title.Length > 0)
        {
            html.Append("<caption>").Append(HtmlText.Encode(_title)).Append("</caption>");
        }

        if (_columns.Any(column => column.Length > 0))
        {
            html.Append("<thead><tr>");
            for (int column = 0; column < _columns.Length; column++)
            {
                html.Append("<th scope=\"col\"").Append(Style(column)).Append('>').Append(HtmlText.Encode(_columns[column])).Append("</th>");
            }

            html.Append("</tr></thead>");
        }

        html.Append("<tbody>");
        foreach (string[] row in _rows)
        {
            html.Append("<tr><th scope=\"row\">").Append(HtmlText.Encode(row[0])).Append("</th>");
            for (int column = 1; column < row.Length; column++)
            {
                html.Append("<td").Append(Style(column)).Append('>').Append(HtmlText.Encode(row[column])).Append("</td>");
            }

            html.Append("</tr>");
        }

        return FragmentStyle.Fragment(html.Append("</tbody></table>").ToString());
    }

    private string Style(int column) => column == 0 ? "" : IsNumber(column) ? " class=\"ds-number\"" : " class=\"ds-wrap\"";

    private bool IsNumber(int column) => column > 0 && _rows.Any(row => row[column].Any(char.IsAsciiDigit))
        && _rows.All(row => row[column].All(character => char.IsAsciiDigit(character) || "., +-±%–".Contains(character, StringComparison.Ordinal)));
}
