namespace DiffSeg.Batches;

/// <summary>What a look at every byte of a batch found.</summary>
/// <param name="Statistics">What became of the images of the chunks that are sound.</param>
/// <param name="Problems">What is wrong; nothing where the batch is complete and consistent.</param>
public sealed record BatchVerification(BatchStatistics Statistics, IReadOnlyList<BatchProblem> Problems)
{
    /// <summary>
    /// What compressed the masks of the chunks that are sound (<see cref="ChunkRecord.Compressor"/>), each once. More than one is
    /// no problem, but says that another run may give files of other bytes with the same pixels.
    /// </summary>
    public IReadOnlyList<string> Compressors { get; init; } = [];

    /// <summary>Whether every image has exactly one mask or one reason, and every file is as it was written.</summary>
    public bool IsSound => Problems.Count == 0;
}
