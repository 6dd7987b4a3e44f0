namespace DiffSeg.Cli.Batching.Listing;

/// <summary>How a manifest lists its images.</summary>
internal enum ManifestKind
{
    /// <summary>A path per line.</summary>
    Text,

    /// <summary>Comma-separated, with a header line that names a column path or image, and perhaps id.</summary>
    Csv,

    /// <summary>A JSON object per line, with the same keys.</summary>
    JsonLines,
}
