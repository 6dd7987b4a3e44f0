using DiffSeg.Batches;

namespace DiffSeg.MLNet;

/// <summary>How <see cref="SegmentationCatalog.SaveBatch"/> writes masks to a folder, and which.</summary>
public sealed record BatchSavingOptions
{
    /// <summary>The column of the images' ids, text; <c>ImagePath</c> by default. Each id is written to its status row.</summary>
    public string ImageColumn { get; init; } = nameof(ImageSource.ImagePath);

    /// <summary>The column of the masks, with those of their sizes; <c>Mask</c> by default.</summary>
    public string MaskColumn { get; init; } = "Mask";

    /// <summary>
    /// The column of what went wrong with a row, text, empty where nothing did. Null (the default) takes the text column named after
    /// the masks' (<c>MaskStatus</c>), if the data has it; without one a row without a mask is an error.
    /// </summary>
    public string? StatusColumn { get; init; }

    /// <summary>
    /// What the bytes depend on besides the rows: size of the chunks, format, the settings and the model that made the masks,
    /// as far as they shall be kept with them. A folder is gone on with only by the same.
    /// </summary>
    public BatchOptions Batch { get; init; } = new();

    /// <summary>
    /// Which part of the chunks to write: every <see cref="Shards"/>-th from this one on, from 1; 1 by default.
    /// </summary>
    public int Shard { get; init; } = 1;

    /// <summary>How many processes share the rows, each with the same data; 1 by default.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Whether a batch in the folder with another plan is thrown away; by default it is an error.</summary>
    public bool Overwrite { get; init; }
}
