using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace DiffSeg.Cli.Evaluating.Report.Page;

/// <summary>HTML that is XML too. Texts are escaped by the writer, whatever stands in them.</summary>
internal static class Markup
{
    // All others are closed by a tag of their own: HTML takes <td/> for an open one.
    private static readonly HashSet<string> Void =
        ["meta", "img", "br", "line", "rect", "circle", "path", "polyline"];

    /// <summary>An element.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="style">Its classes; null for none.</param>
    /// <param name="content">Texts, elements, attributes, sequences of them; null for nothing.</param>
    public static XElement Of(string name, string? style, params object?[] content) =>
        new(name, style is null ? null : new XAttribute("class", style), content);

    /// <summary>The whole page as text.</summary>
    /// <param name="html">The element "html"; characters that XML does not have are replaced in it.</param>
    public static string Text(XElement html)
    {
        foreach (XElement element in html.DescendantsAndSelf())
        {
            Clean(element);
        }

        var text = new StringBuilder("<!DOCTYPE html>\n");
        var form = new XmlWriterSettings { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None };
        using (XmlWriter writer = XmlWriter.Create(text, form))
        {
            html.Save(writer);
        }

        return text.Append('\n').ToString();
    }

    /// <summary>A text without characters that XML does not have: control characters, halves of pairs.</summary>
    /// <param name="text">Any text.</param>
    public static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(text[i]))
            {
                clean ??= new StringBuilder(text);
                clean[i] = '\uFFFD';
            }
        }

        return clean?.ToString() ?? text;
    }

    private static void Clean(XElement element)
    {
        foreach (XAttribute attribute in element.Attributes())
        {
            attribute.Value = Clean(attribute.Value);
        }

        foreach (XText text in element.Nodes().OfType<XText>())
        {
            text.Value = Clean(text.Value);
        }

        if (element.IsEmpty && !Void.Contains(element.Name.LocalName))
        {
            element.Value = "";
        }
    }
}
