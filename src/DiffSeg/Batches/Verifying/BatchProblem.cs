namespace DiffSeg.Batches;

/// <summary>Something that is wrong with a batch.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="File">Name of the file in the folder; null where it is not one file's.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
public sealed record BatchProblem(BatchProblemKind Kind, string? File, string Message);
