using DiffSeg.Cli.Evaluating.Report.Results;

namespace DiffSeg.Cli.Evaluating.Report.Wording;

/// <summary>Whether the figures say anything about quality.</summary>
internal static class Plumbing
{
    /// <summary>Images below which figures are not taken for a measure of quality.</summary>
    public const int FewImages = 100;

    /// <summary>What the notice begins with.</summary>
    public const string Statement = "These figures test the plumbing, not the quality.";

    /// <summary>Why the figures are no measure of quality: whole sentences, empty when they are one.</summary>
    /// <param name="result">The evaluation.</param>
    public static IReadOnlyList<string> Reasons(EvaluationResult result)
    {
        List<string> reasons = [];
        EvaluatedModel[] demos = [.. result.Models.Where(model => model.IsDemo)];
        if (demos.Length > 0)
        {
            reasons.Add(
                $"The attention is that of {string.Join(" and ", demos.Select(demo => $"the demo model '{demo.Name}'"))}, "
                + "which sees colours and places, not things.");
        }

        if (result.DataSet.ImagesCounted < FewImages)
        {
            reasons.Add($"They stand on {ProtocolText.Images(result.DataSet)}, too few to tell methods apart.");
        }

        return reasons;
    }
}
