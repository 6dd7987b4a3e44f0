namespace DiffSeg.Batches;

/// <summary>What a batch is made with, besides its images: everything that its bytes depend on.</summary>
public sealed record BatchOptions
{
    /// <summary>Images per chunk, at least 1; 1,000 by default.</summary>
    public int ChunkSize { get; init; } = 1000;

    /// <summary>How masks are written; <see cref="BatchFormat.LabelPngTar"/> by default.</summary>
    public BatchFormat Format { get; init; }

    /// <summary>
    /// Settings that the masks depend on, by names that a person understands; a batch that is gone on with must have the
    /// same. None by default.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The model's name; null (the default) where it is not known.</summary>
    public string? Model { get; init; }

    /// <summary>SHA-256 of the model's files; null (the default) where it is not known.</summary>
    public string? ModelSha256 { get; init; }

    /// <summary>What made the masks, with its version; null (the default) for this library's.</summary>
    public string? ToolVersion { get; init; }
}
