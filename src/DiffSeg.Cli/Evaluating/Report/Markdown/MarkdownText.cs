using System.Text;
using DiffSeg.Cli.Evaluating.Report.Page;

namespace DiffSeg.Cli.Evaluating.Report.Markdown;

/// <summary>Text inside Markdown: nothing in it is taken for marks, tags or the end of a cell.</summary>
internal static class MarkdownText
{
    /// <summary>The text on one line, with marks escaped.</summary>
    /// <param name="text">Any text.</param>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (char character in Markup.Clean(text))
        {
            switch (character)
            {
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '\r' or '\n' or '\t':
                    escaped.Append(' ');
                    break;
                case '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '#' or '~' or '$':
                    escaped.Append('\\').Append(character);
                    break;
                default:
                    escaped.Append(character);
                    break;
            }
        }

        return escaped.ToString();
    }
}
