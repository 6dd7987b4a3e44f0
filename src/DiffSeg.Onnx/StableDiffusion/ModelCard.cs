namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>The front matter of a repository's README.md: lines <c>key: value</c> between two lines <c>---</c>.</summary>
internal static class ModelCard
{
    private const string Fence = "---";
    private const int LongestFrontMatter = 1000; // lines; a README may be anything

    /// <summary>The licence that the card names, for example <c>creativeml-openrail-m</c>; null when it names none.</summary>
    public static string? License(string folder)
    {
        Dictionary<string, string> entries = Read(Path.Combine(folder, "README.md"));
        string? license = entries.GetValueOrDefault("license");

        // Hubs have a list of licences; those beyond it are "other", with their name in an entry of its own.
        return license is null or "other" or "unknown" ? entries.GetValueOrDefault("license_name", license!) : license;
    }

    private static Dictionary<string, string> Read(string path)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(path))
        {
            return entries;
        }

        string[] lines = [.. File.ReadLines(path).Take(LongestFrontMatter)];
        int end = Array.FindIndex(lines, Math.Min(1, lines.Length), l => l.TrimEnd() == Fence);
        if (end < 0 || lines[0].TrimEnd() != Fence)
        {
            return entries;
        }

        for (int i = 1; i < end; i++)
        {
            // Indented lines belong to an entry above.
            if (lines[i] is [' ' or '\t', ..] || lines[i].Split(':', 2, StringSplitOptions.TrimEntries) is not [var key, var value])
            {
                continue;
            }

            // A list of one, on the next line, is as good as the value itself.
            if (value.Length == 0 && i + 1 < end && lines[i + 1].TrimStart() is ['-', ' ', .. var item])
            {
                value = item;
            }

            value = value.Trim(' ', '"', '\'', '[', ']');
            if (value.Length > 0)
            {
                entries.TryAdd(key, value);
            }
        }

        return entries;
    }
}
