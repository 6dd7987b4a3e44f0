using System.Text;

namespace DiffSeg.Cli.Batching.Listing;

/// <summary>Reads lists of images: text, CSV or JSON lines. Nothing is held but the line in hand.</summary>
internal static class ManifestReader
{
    private static readonly (string Extension, ManifestKind Kind)[] Extensions =
        [(".txt", ManifestKind.Text), (".csv", ManifestKind.Csv), (".jsonl", ManifestKind.JsonLines), (".ndjson", ManifestKind.JsonLines)];

    /// <summary>What kind of manifest a file is, by its name; null for none.</summary>
    /// <param name="path">A path.</param>
    public static ManifestKind? KindOf(string path)
    {
        foreach ((string extension, ManifestKind kind) in Extensions)
        {
            if (path.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>Reads a manifest.</summary>
    /// <param name="stream">Its bytes; stays open.</param>
    /// <param name="kind">How it lists its images.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <returns>Its entries, in order.</returns>
    /// <exception cref="SetupException">A line names no image, or it is not UTF-8; names the line.</exception>
    public static IEnumerable<ManifestEntry> Read(Stream stream, ManifestKind kind, string name)
    {
        using StreamReader text = BoundedLines.Open(stream);
        using IEnumerator<ManifestEntry> entries = (kind switch
        {
            ManifestKind.Csv => CsvManifest.Read(text),
            ManifestKind.JsonLines => JsonManifest.Read(text),
            _ => TextLines(text),
        }).GetEnumerator();
        int line = 0;
        while (Next(entries, name, line) is { } entry)
        {
            line = entry.Line;
            yield return entry;
        }
    }

    private static ManifestEntry? Next(IEnumerator<ManifestEntry> entries, string name, int after)
    {
        try
        {
            return entries.MoveNext() ? entries.Current.Checked() : null;
        }
        catch (ManifestException problem)
        {
            string where = problem.Line > 0 ? $"line {problem.Line} {problem.Message}" : problem.Message;
            throw new SetupException($"The list of images '{name}': {where}.", problem);
        }
        catch (DecoderFallbackException problem)
        {
            throw new SetupException($"The list of images '{name}': after line {after} it is not UTF-8 text; save it as UTF-8.", problem);
        }
        catch (IOException problem)
        {
            throw new SetupException($"The list of images '{name}' cannot be read: {problem.Message}", problem);
        }
    }

    private static IEnumerable<ManifestEntry> TextLines(TextReader text)
    {
        foreach ((int number, string line) in BoundedLines.Of(text))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return new ManifestEntry(number, line, null);
            }
        }
    }
}
