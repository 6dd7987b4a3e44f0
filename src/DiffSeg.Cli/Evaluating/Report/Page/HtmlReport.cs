using System.Text;
using System.Xml.Linq;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Wording;
using DiffSeg.Cli.Reporting;

namespace DiffSeg.Cli.Evaluating.Report.Page;

/// <summary>report.html: one page that loads nothing from elsewhere and needs no script.</summary>
internal static class HtmlReport
{
    /// <summary>The page.</summary>
    /// <param name="result">The evaluation.</param>
    /// <param name="folder">The folder of the report, which the pictures lie in.</param>
    /// <exception cref="InvalidDataException">The evaluation names a run that it does not have.</exception>
    public static string Render(EvaluationResult result, string folder)
    {
        XElement?[] all =
        [
            MethodSection.Of(result), ClassSection.Of(result), SweepSection.Of(result), GallerySection.Of(result, folder),
            CostSection.Of(result), SetupSection.Of(result),
        ];
        XElement[] sections = [.. all.OfType<XElement>()];
        var weight = new XText("");
        XElement page = new(
            "html",
            new XAttribute("lang", "en"),
            Head(result),
            new XElement(
                "body",
                HeadSection.Of(result),
                Contents(sections),
                new XElement("main", sections),
                Markup.Of("footer", null, Markup.Of("p", null, HeadText.Made(result), weight))));
        weight.Value = $" This page weighs {ByteSize.Text(Encoding.UTF8.GetByteCount(Markup.Text(page)))}, pictures included, and loads nothing from elsewhere.";
        return Markup.Text(page);
    }

    private static XElement Head(EvaluationResult result) => new(
        "head",
        new XElement("meta", new XAttribute("charset", "utf-8")),
        new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
        new XElement("meta", new XAttribute("name", "color-scheme"), new XAttribute("content", "light dark")),
        new XElement("title", $"{result.MainRun} on {result.DataSet.Name}: diffseg evaluation"),
        PageStyle.Element());

    private static XElement Contents(IEnumerable<XElement> sections) => Markup.Of(
        "nav",
        null,
        new XAttribute("aria-label", "Contents"),
        sections.Select(section => Markup.Of("a", null, new XAttribute("href", $"#{section.Attribute("id")!.Value}"), section.Element("h2")!.Value)));
}
