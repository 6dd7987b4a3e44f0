namespace DiffSeg.Cli.Batching.Listing;

/// <summary>What a line of a manifest says.</summary>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Path">The image's path as written.</param>
/// <param name="Id">What the image is called in the results; null where the path is its name.</param>
internal readonly record struct ManifestEntry(int Line, string Path, string? Id)
{
    /// <summary>The same, if it can be the name of an image.</summary>
    /// <exception cref="ManifestException">It cannot.</exception>
    public ManifestEntry Checked()
    {
        Check("path", Path);
        Check("id", Id ?? Path);
        return this;
    }

    private void Check(string what, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ManifestException(Line, $"has no {what}");
        }

        if (text.Any(char.IsControl))
        {
            throw new ManifestException(Line, $"has a control character in its {what}");
        }
    }
}
