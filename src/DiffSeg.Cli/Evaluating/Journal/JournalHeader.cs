using System.Text.Json;

namespace DiffSeg.Cli.Evaluating.Journal;

/// <summary>The first line of a journal: what was asked. Journals that agree in it belong together.</summary>
internal sealed record JournalHeader
{
    /// <summary>The form of journals that this version writes.</summary>
    public const string CurrentFormat = "diffseg-eval-journal-1";

    /// <summary>The form of the journal.</summary>
    public required string Format { get; init; }

    /// <summary>Number of the part of the images, from 1.</summary>
    public required int Shard { get; init; }

    /// <summary>Number of parts.</summary>
    public required int Shards { get; init; }

    /// <summary>Everything that the figures depend on, by names that a user understands.</summary>
    public required IReadOnlyDictionary<string, string> Identity { get; init; }

    /// <summary>The images of the whole data set, in its order.</summary>
    public required IReadOnlyList<string> Images { get; init; }

    /// <summary>The key of each run, in the order of the draft's runs.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>The report as far as it is known before the first image; its runs have no figures yet.</summary>
    public required JsonElement Draft { get; init; }

    /// <summary>What differs from another journal, one line each; empty where both belong together.</summary>
    /// <param name="other">The other.</param>
    public IReadOnlyList<string> Differences(JournalHeader other) =>
    [
        .. Identity.Keys.Union(other.Identity.Keys)
            .Select(name => (Name: name, Mine: Identity.GetValueOrDefault(name, "nothing"), Other: other.Identity.GetValueOrDefault(name, "nothing")))
            .Where(pair => pair.Mine != pair.Other)
            .Select(pair => $"{pair.Name}: {pair.Mine} there, {pair.Other} asked for"),
    ];
}
