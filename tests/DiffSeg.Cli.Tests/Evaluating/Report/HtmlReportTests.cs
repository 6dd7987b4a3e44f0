using System.Text.RegularExpressions;
using System.Xml.Linq;
using DiffSeg.Cli.Evaluating.Report.Page;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Wording;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Evaluating.Report;

public sealed partial class HtmlReportTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 4)]
    [InlineData(27, 40)]
    [InlineData(200, 500)]
    public void Page_is_whole_whatever_the_number_of_classes_and_images(int classes, int images)
    {
        XElement page = Parse(SampleEvaluation.Of(classes, images));

        Assert.Equal(classes > 0, page.Descendants("section").Any(section => (string?)section.Attribute("id") == "classes"));
        Assert.Equal(images > 0, page.Descendants("section").Any(section => (string?)section.Attribute("id") == "images"));
        Assert.Equal(2 * 2, Section(page, "sweeps").Descendants("svg").Count());
        Assert.All(page.Descendants("svg"), svg => Assert.NotEmpty(svg.Element("title")!.Value));
        string[] anchors = [.. page.Descendants("nav").Single().Elements("a").Select(a => ((string?)a.Attribute("href"))![1..])];
        Assert.Equal(page.Descendants("section").Select(section => (string?)section.Attribute("id")), anchors);
    }

    [Fact]
    public void Without_sweeps_stages_and_published_figures_their_sections_are_left_out()
    {
        EvaluationResult result = SampleEvaluation.Small;
        result = result with { Published = [], Images = [], Runs = [result.Runs[0] with { Stages = [], Metrics = [] }] };

        XElement page = Parse(result);

        Assert.Equal(["methods", "classes", "setup"], page.Descendants("section").Select(section => (string?)section.Attribute("id")));
        Assert.DoesNotContain("published", page.Element("body")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Undefined_figures_are_dashes()
    {
        EvaluationResult result = SampleEvaluation.Small;
        result = result with
        {
            Runs = [result.Runs[0] with
            {
                Metrics = [new MetricValue(MetricNames.MeanIou, double.NaN, double.NaN, 0)],
                ClassIou = [double.NaN, double.NaN, double.NaN],
                Stages = [new StageCost("attention", double.NaN, double.NaN)],
            }],
        };

        string text = Parse(result).Element("body")!.Value;

        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.Contains("Neither in the ground truth nor found: class 0, food & <drink>, class 2.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_escaped()
    {
        XElement page = Parse(SampleEvaluation.Of(classes: 5, images: 4));

        string clean = SampleEvaluation.Nasty.Replace('\u0001', '\uFFFD');
        Assert.Contains(page.Descendants("figcaption"), caption => caption.Value.StartsWith(clean, StringComparison.Ordinal));
        Assert.Contains(Section(page, "setup").Descendants("th"), cell => cell.Value == clean);
        Assert.Contains(Section(page, "classes").Descendants("text"), text => text.Nodes().OfType<XText>().Single().Value == "food & <drink>");
        Assert.Empty(page.Descendants("b").Elements());
    }

    [Fact]
    public void Nothing_is_loaded_from_elsewhere_and_no_script_is_in_it()
    {
        string html = HtmlReport.Render(SampleEvaluation.Of(classes: 27, images: 40), _folder.Path);

        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", html, StringComparison.OrdinalIgnoreCase);
        Assert.All(SourceAttribute().Matches(html), match => Assert.StartsWith("#", match.Groups[1].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Style_needs_no_escaping_and_has_both_lights()
    {
        string html = HtmlReport.Render(SampleEvaluation.Small, _folder.Path);

        string style = html[(html.IndexOf("<style>", StringComparison.Ordinal) + 7)..html.IndexOf("</style>", StringComparison.Ordinal)];
        Assert.DoesNotContain('&', style);
        Assert.Contains("prefers-color-scheme: dark", style, StringComparison.Ordinal);
        Assert.Contains("@media print", style, StringComparison.Ordinal);
        Assert.Contains("--first:#0072B2", style, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_must_be_is_closed_in_itself()
    {
        string html = HtmlReport.Render(SampleEvaluation.Of(classes: 27, images: 40), _folder.Path);

        string[] closed = [.. ClosedInItself().Matches(html).Select(match => match.Groups[1].Value).Distinct()];
        Assert.Subset(new HashSet<string>(["meta", "img", "br", "line", "rect", "circle", "path", "polyline"]), new HashSet<string>(closed));
    }

    [Theory]
    [InlineData(99, false, true)]
    [InlineData(100, false, false)]
    [InlineData(2175, true, true)]
    public void Few_images_and_the_demo_model_are_said_to_test_the_plumbing(int images, bool demo, bool expected)
    {
        EvaluationResult result = SampleEvaluation.Of(classes: 3, images);
        result = result with { Models = [result.Models[0] with { IsDemo = demo }] };

        Assert.Equal(expected, Parse(result).Value.Contains(Plumbing.Statement, StringComparison.Ordinal));
    }

    [Fact]
    public void Published_figures_are_marked_and_their_source_named()
    {
        XElement methods = Section(Parse(SampleEvaluation.Of(classes: 3, images: 4)), "methods");

        XElement[] rows = [.. methods.Descendants("tr").Where(row => (string?)row.Attribute("class") == "published")];
        Assert.Equal(
            ["published", .. Enumerable.Repeat("published; as quoted, not checked against the paper", 4)],
            rows.Select(row => row.Elements().Last().Value));
        Assert.Equal(["DiffSeg, 512 × 512 (published)", "43.6", "72.5"], rows[0].Elements().Take(3).Select(cell => cell.Value));
        Assert.Contains("CVPR 2024", methods.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_table_of_figures_names_the_matching()
    {
        XElement page = Parse(SampleEvaluation.Of(classes: 3, images: 4) with
        {
            Protocol = new EvaluationProtocol { Matching = Matching.PerDataSet },
        });

        XElement[] tables = [.. new[] { "methods", "classes", "sweeps" }.SelectMany(id => Section(page, id).Descendants("figure")).Where(figure => (string?)figure.Attribute("class") == "table")];
        Assert.Equal(5, tables.Length);
        Assert.All(tables, table => Assert.Matches("over the whole data set|without classes", table.Element("figcaption")!.Value));
    }

    [Fact]
    public void Run_that_is_not_there_is_named()
    {
        var problem = Assert.Throws<InvalidDataException>(() => HtmlReport.Render(SampleEvaluation.Small with { MainRun = "other" }, _folder.Path));

        Assert.Contains("'other'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'DiffSeg'", problem.Message, StringComparison.Ordinal);
    }

    private static XElement Section(XElement page, string id) =>
        Assert.Single(page.Descendants("section"), section => (string?)section.Attribute("id") == id);

    private XElement Parse(EvaluationResult result)
    {
        string html = HtmlReport.Render(result, _folder.Path);
        Assert.StartsWith("<!DOCTYPE html>\n", html, StringComparison.Ordinal);
        Assert.Matches("This page weighs [0-9.]+ (kB|MB)", html);
        return XElement.Parse(html["<!DOCTYPE html>\n".Length..]);
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]*)")]
    private static partial Regex SourceAttribute();

    [GeneratedRegex("<([a-z0-9]+)(?: [^<>]*)?/>")]
    private static partial Regex ClosedInItself();
}
