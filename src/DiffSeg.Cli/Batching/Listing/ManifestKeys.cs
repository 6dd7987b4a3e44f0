namespace DiffSeg.Cli.Batching.Listing;

/// <summary>What the columns of a CSV manifest and the keys of JSON lines are called.</summary>
internal static class ManifestKeys
{
    /// <summary>The image's path.</summary>
    public const string Path = "path";

    /// <summary>The image's path, in other people's lists.</summary>
    public const string Image = "image";

    /// <summary>What the image is called in the results.</summary>
    public const string Id = "id";
}
