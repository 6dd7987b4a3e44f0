using System.Globalization;

namespace DiffSeg.Batches;

/// <summary>What differs between two plans, in words.</summary>
internal static class PlanDifferences
{
    // Enough of a hash to see that it is another.
    private const int ShownOfHash = 12;

    public static IReadOnlyList<string> Of(BatchPlan there, BatchPlan asked)
    {
        SortedDictionary<string, string> mine = Facts(there), others = Facts(asked);
        return
        [
            .. mine.Keys.Union(others.Keys)
                .Select(name => (Name: name, There: mine.GetValueOrDefault(name, "nothing"), Asked: others.GetValueOrDefault(name, "nothing")))
                .Where(fact => fact.There != fact.Asked)
                .Select(fact => $"{fact.Name}: {fact.There} there, {fact.Asked} asked for"),
        ];
    }

    private static SortedDictionary<string, string> Facts(BatchPlan plan)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["images"] = plan.ImageCount.ToString(CultureInfo.InvariantCulture),
            ["list of images"] = $"SHA-256 {Start(plan.ImagesSha256)}",
            ["chunk size"] = plan.ChunkSize.ToString(CultureInfo.InvariantCulture),
            ["format"] = PlanFile.NameOf(plan.Format),
            ["model"] = plan.Model ?? "none named",
            ["model's files"] = plan.ModelSha256 is { } hash ? $"SHA-256 {Start(hash)}" : "not known",
            ["tool"] = plan.ToolVersion,
        };
        foreach ((string name, string value) in plan.Settings)
        {
            facts[$"setting '{name}'"] = value;
        }

        return facts;
    }

    private static string Start(string hash) => hash.Length > ShownOfHash ? hash[..ShownOfHash] + "..." : hash;
}
