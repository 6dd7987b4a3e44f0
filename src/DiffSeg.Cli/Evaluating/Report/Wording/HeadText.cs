using System.Globalization;
using DiffSeg.Cli.Evaluating.Report.Results;

namespace DiffSeg.Cli.Evaluating.Report.Wording;

/// <summary>What was evaluated, in a sentence or two.</summary>
internal static class HeadText
{
    /// <summary>The sentences.</summary>
    /// <param name="result">The evaluation.</param>
    public static string Lead(EvaluationResult result)
    {
        string split = result.DataSet.Split is { } part ? $"{part}: " : "";
        string models = result.Models.Count == 0 ? "" : $", attention of {string.Join(", ", result.Models.Select(model => model.Name))}";
        string crop = result.Protocol.Crop is { } cropped ? $" after a cut to the {cropped}" : "";
        string scope = ProtocolText.Scope(result.Protocol.Matching);
        return $"{split}{ProtocolText.Images(result.DataSet)}{models}. Masks were {ProtocolText.Size(result.Protocol)}{crop}, {scope}.";
    }

    /// <summary>Which tool measured and when.</summary>
    /// <param name="result">The evaluation.</param>
    public static string Made(EvaluationResult result) =>
        string.Create(CultureInfo.InvariantCulture, $"Measured by diffseg {result.ToolVersion}, finished {result.Finished.ToUniversalTime():yyyy-MM-dd HH:mm} UTC.");
}
