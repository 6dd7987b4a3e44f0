namespace DiffSeg.Batches;

/// <summary>What a look at every byte of a batch found.</summary>
/// <param name="Statistics">What became of the images of the chunks that are sound.</param>
/// <param name="Problems">What is wrong; nothing where the batch is complete and consistent.</param>
public sealed record BatchVerification(BatchStatistics Statistics, IReadOnlyList<BatchProblem> Problems)
{
    /// <summary>Whether every image has exactly one mask or one reason, and every file is as it was written.</summary>
    public bool IsSound => Problems.Count == 0;
}
