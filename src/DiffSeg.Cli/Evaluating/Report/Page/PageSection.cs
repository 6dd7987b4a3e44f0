using System.Xml.Linq;

namespace DiffSeg.Cli.Evaluating.Report.Page;

/// <summary>A part of the page that can be linked to.</summary>
internal static class PageSection
{
    /// <summary>The element.</summary>
    /// <param name="id">Where links lead.</param>
    /// <param name="title">Its head.</param>
    /// <param name="content">What is in it.</param>
    public static XElement Of(string id, string title, params object?[] content) =>
        Markup.Of("section", null, new XAttribute("id", id), Markup.Of("h2", null, title), content);

    /// <summary>A drawing with its title.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="drawing">The drawing; null where there is nothing to draw, which is said instead.</param>
    public static XElement Figure(string title, XElement? drawing) => Markup.Of(
        "figure", null, Markup.Of("figcaption", null, title), drawing ?? Markup.Of("p", "nothing", "Nothing was measured here."));

    /// <summary>Something that is folded away until it is asked for.</summary>
    /// <param name="summary">What is in it.</param>
    /// <param name="content">The content.</param>
    public static XElement Folded(string summary, params object?[] content) =>
        Markup.Of("details", null, Markup.Of("summary", null, summary), content);
}
