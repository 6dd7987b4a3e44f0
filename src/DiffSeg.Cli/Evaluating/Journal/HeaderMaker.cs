using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DiffSeg.Cli.Evaluating.Planning;
using DiffSeg.Cli.Evaluating.Report.Results;

namespace DiffSeg.Cli.Evaluating.Journal;

/// <summary>Makes the first line of a journal.</summary>
internal static class HeaderMaker
{
    /// <summary>Makes it.</summary>
    /// <param name="evaluation">What is evaluated.</param>
    /// <param name="draft">The report as far as it is known.</param>
    public static JournalHeader Of(Evaluation evaluation, EvaluationResult draft)
    {
        string[] images = [.. evaluation.Set.Data.Samples.Select(sample => sample.Id)];
        return new JournalHeader
        {
            Format = JournalHeader.CurrentFormat,
            Shard = evaluation.Shard.Number,
            Shards = evaluation.Shard.Count,
            Identity = Identity(evaluation, draft, images),
            Images = images,
            Keys = [.. evaluation.Plan.Runs.Select(run => run.Setting.Key)],
            Draft = JsonSerializer.SerializeToElement(draft, EvaluationJson.Default.EvaluationResult),
        };
    }

    // Where the data set lies and how many threads there are make no difference to any figure.
    private static SortedDictionary<string, string> Identity(Evaluation evaluation, EvaluationResult draft, string[] images)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', images))));
        var identity = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["tool version"] = draft.ToolVersion,
            ["data set"] = evaluation.Set.Split is { } split ? $"{evaluation.Set.Name}, {split}" : evaluation.Set.Name,
            ["classes"] = string.Join(", ", evaluation.Set.Classes),
            ["images"] = string.Create(CultureInfo.InvariantCulture, $"{images.Length} (list {hash[..8]})"),
            ["matching"] = evaluation.Request.Matching.ToString(),
            ["fit"] = evaluation.Compared.Fit.ToString(),
            ["parts"] = evaluation.Shard.Count.ToString(CultureInfo.InvariantCulture),
        };
        foreach (PlannedModel model in evaluation.Models)
        {
            identity[$"model {model.Name}"] = model.Sha256[..16];
        }

        foreach (PlannedRun run in evaluation.Plan.Runs)
        {
            identity[$"run '{run.Name}'"] = run.Setting.Key;
        }

        return identity;
    }
}
