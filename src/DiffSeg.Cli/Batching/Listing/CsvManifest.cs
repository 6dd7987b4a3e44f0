using System.Text;

namespace DiffSeg.Cli.Batching.Listing;

/// <summary>
/// A manifest with commas as RFC 4180 describes it, with a header line. Strict: what has two readings is refused, since
/// a wrong path would be a failed image among millions. No value has a line break in it, for no path or id may.
/// </summary>
internal static class CsvManifest
{
    private const char Quote = '"';

    /// <summary>Its entries; other columns than those of <see cref="ManifestKeys"/> do not matter.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ManifestException">A column is missing, or a line is no such line.</exception>
    public static IEnumerable<ManifestEntry> Read(TextReader text)
    {
        (int Path, int? Id, int Width)? header = null;
        foreach ((int number, string line) in BoundedLines.Of(text))
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            List<string> values = Split(line, number);
            if (header is not { } columns)
            {
                header = Columns(number, [.. values.Select(value => value.Trim())]);
                continue;
            }

            if (values.Count != columns.Width)
            {
                throw new ManifestException(
                    number, $"has {values.Count} columns where the header has {columns.Width}; put texts with commas into quotes");
            }

            yield return new ManifestEntry(number, values[columns.Path], columns.Id is { } id ? values[id] : null);
        }
    }

    private static List<string> Split(string line, int number)
    {
        List<string> values = [];
        for (int at = 0; at <= line.Length; at++)
        {
            values.Add(at < line.Length && line[at] == Quote ? Quoted(line, number, ref at) : Plain(line, number, ref at));
        }

        return values;
    }

    // Ends at the comma after the value, or at the end of the line.
    private static string Plain(string line, int number, ref int at)
    {
        int begin = at;
        at = line.IndexOf(',', begin) is >= 0 and var comma ? comma : line.Length;
        string value = line[begin..at];
        return value.Contains(Quote)
            ? throw new ManifestException(number, "is not CSV: a quotation mark stands within a text without quotes")
            : value;
    }

    private static string Quoted(string line, int number, ref int at)
    {
        var value = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != Quote)
            {
                value.Append(line[at]);
            }
            else if (at + 1 < line.Length && line[at + 1] == Quote)
            {
                // Two quotation marks are one in the text.
                value.Append(Quote);
                at++;
            }
            else
            {
                at++;
                return at == line.Length || line[at] == ','
                    ? value.ToString()
                    : throw new ManifestException(number, "is not CSV: after the end of quotes there is no comma");
            }
        }

        throw new ManifestException(number, "is not CSV: quotes that begin do not end in the line");
    }

    private static (int Path, int? Id, int Width) Columns(int number, string[] names)
    {
        int[] paths = [.. Places(names, ManifestKeys.Path), .. Places(names, ManifestKeys.Image)];
        int[] ids = [.. Places(names, ManifestKeys.Id)];
        return paths.Length != 1 || ids.Length > 1
            ? throw new ManifestException(
                number, $"must be a header with one column '{ManifestKeys.Path}' (or '{ManifestKeys.Image}') and perhaps '{ManifestKeys.Id}'; it has '{string.Join(',', names)}'")
            : (paths[0], ids.Length == 1 ? ids[0] : null, names.Length);
    }

    private static IEnumerable<int> Places(string[] names, string name) =>
        Enumerable.Range(0, names.Length).Where(i => names[i].Equals(name, StringComparison.OrdinalIgnoreCase));
}
