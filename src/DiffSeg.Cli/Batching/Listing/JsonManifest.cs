using System.Text.Json;

namespace DiffSeg.Cli.Batching.Listing;

/// <summary>A manifest of JSON lines: {"path": "a.jpg", "id": "17"}.</summary>
internal static class JsonManifest
{
    /// <summary>Its entries.</summary>
    /// <param name="text">The lines.</param>
    /// <exception cref="ManifestException">A line is no such object.</exception>
    public static IEnumerable<ManifestEntry> Read(TextReader text)
    {
        foreach ((int number, string line) in BoundedLines.Of(text))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Entry(number, line);
            }
        }
    }

    private static ManifestEntry Entry(int number, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            JsonElement entry = document.RootElement;
            if (entry.ValueKind != JsonValueKind.Object)
            {
                throw new ManifestException(number, "is no JSON object; write {\"path\": \"...\"}");
            }

            string? path = Text(entry, ManifestKeys.Path, number), image = Text(entry, ManifestKeys.Image, number);
            return path is not null && image is not null
                ? throw new ManifestException(number, "has both 'path' and 'image'; give one")
                : new ManifestEntry(
                    number,
                    path ?? image ?? throw new ManifestException(number, "has no 'path' (nor 'image')"),
                    Text(entry, ManifestKeys.Id, number));
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // Lone halves of surrogate pairs are refused with an InvalidOperationException.
            throw new ManifestException(number, $"is not JSON: {problem.Message.TrimEnd('.')}", problem);
        }
    }

    // A number is a good id: many lists have one.
    private static string? Text(JsonElement entry, string key, int number) => !entry.TryGetProperty(key, out JsonElement value)
        ? null
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number when key == ManifestKeys.Id => value.GetRawText(),
            JsonValueKind.Null when key == ManifestKeys.Id => null,
            _ => throw new ManifestException(number, $"has a '{key}' that is no text"),
        };
}
