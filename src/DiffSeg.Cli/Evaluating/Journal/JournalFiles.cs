using System.Globalization;
using DiffSeg.Cli.Evaluating.Asking;

namespace DiffSeg.Cli.Evaluating.Journal;

/// <summary>The journals of a folder: one per shard.</summary>
internal static class JournalFiles
{
    /// <summary>The file of a shard.</summary>
    /// <param name="folder">The folder of results.</param>
    /// <param name="shard">The shard.</param>
    public static string PathOf(string folder, Shard shard) => Path.Combine(folder, shard.Count == 1
        ? "journal.jsonl"
        : string.Create(CultureInfo.InvariantCulture, $"journal-{shard.Number}-of-{shard.Count}.jsonl"));

    /// <summary>Reads the journals in a folder, in the order of their names.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <exception cref="SetupException">One is damaged, or cannot be read.</exception>
    public static IReadOnlyList<JournalContents> ReadAll(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        try
        {
            return [.. Directory.EnumerateFiles(folder, "journal*.jsonl").Order(StringComparer.Ordinal).Select(JournalContents.Read).OfType<JournalContents>()];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"The journals in '{folder}' cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>What is there of a shard already.</summary>
    /// <param name="folder">The folder of results.</param>
    /// <param name="header">What is asked.</param>
    /// <returns>Its journal; null where there is none.</returns>
    /// <exception cref="SetupException">What is there belongs to another question.</exception>
    public static JournalContents? Find(string folder, JournalHeader header)
    {
        IReadOnlyList<JournalContents> all = ReadAll(folder);
        foreach (JournalContents journal in all)
        {
            if (journal.Header.Differences(header) is { Count: > 0 } differences)
            {
                throw new SetupException(string.Join(Environment.NewLine, [
                    $"--output: '{folder}' holds an evaluation with other settings ({Path.GetFileName(journal.Path)}):",
                    .. differences.Select(line => "  " + line),
                    "Ask for the same again to go on with it, give another --output, or throw it away with --restart."]));
            }
        }

        return all.FirstOrDefault(journal => journal.Header.Shard == header.Shard);
    }

    /// <summary>The file to begin the journal of a shard with; what is there is thrown away, of a shard its own, else all.</summary>
    /// <param name="folder">The folder of results.</param>
    /// <param name="shard">The shard.</param>
    public static string Fresh(string folder, Shard shard)
    {
        foreach (string file in shard.Count > 1 ? [] : Directory.GetFiles(folder, "journal*.jsonl"))
        {
            File.Delete(file);
        }

        return PathOf(folder, shard);
    }
}
