namespace DiffSeg.Batches;

/// <summary>Something that is wrong with a batch.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Chunk">Number of the chunk that <see cref="BatchFolder.Forget"/> would have written again; null where it would not help.</param>
/// <param name="File">Name of the file in the folder; null where it is not one file's.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
public sealed record BatchProblem(BatchProblemKind Kind, int? Chunk, string? File, string Message);
