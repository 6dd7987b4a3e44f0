using System.Xml.Linq;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Tables;
using DiffSeg.Cli.Evaluating.Report.Wording;

namespace DiffSeg.Cli.Evaluating.Report.Page;

/// <summary>The top of the page: what was evaluated, whether it counts, the figures at a glance.</summary>
internal static class HeadSection
{
    /// <summary>The element.</summary>
    /// <param name="result">The evaluation.</param>
    public static XElement Of(EvaluationResult result) => Markup.Of(
        "header",
        null,
        Markup.Of("p", "kicker", "diffseg evaluation"),
        Markup.Of("h1", null, $"{result.MainRun} on {result.DataSet.Name}"),
        Markup.Of("p", "lead", HeadText.Lead(result)),
        Notice(result),
        result.Notes.Select(note => Markup.Of("p", "note", note)),
        Figures(result));

    private static XElement? Notice(EvaluationResult result)
    {
        IReadOnlyList<string> reasons = Plumbing.Reasons(result);
        return reasons.Count == 0 ? null : Markup.Of(
            "p", "notice", new XAttribute("role", "note"), Markup.Of("strong", null, Plumbing.Statement), " ", string.Join(' ', reasons));
    }

    private static XElement Figures(EvaluationResult result)
    {
        EvaluationRun run = result.FindMain();
        return Markup.Of(
            "dl",
            "headline",
            MethodTable.Headline(result).Select(word => Figure(word.Heading, Wording.Figures.Text(run.Metric(word.Name)))),
            Figure("Images", Wording.Figures.Count(result.DataSet.ImagesCounted)),
            Figure("Segments per image", Wording.Figures.Mean(run.MeanSegments)),
            run.Stages.Count > 0 ? Figure("Time per image", Wording.Figures.Time(run.Stages.Sum(stage => stage.MeanMilliseconds))) : null);
    }

    // The error in small: the figure is what is looked for.
    private static XElement Figure(string name, string value)
    {
        string[] parts = value.Split(" ± ");
        return Markup.Of(
            "div",
            null,
            Markup.Of("dt", null, name),
            Markup.Of("dd", null, parts[0], parts.Length > 1 ? Markup.Of("small", null, $" ± {parts[1]}") : null));
    }
}
