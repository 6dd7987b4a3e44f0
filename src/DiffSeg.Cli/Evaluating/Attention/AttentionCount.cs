namespace DiffSeg.Cli.Evaluating.Attention;

/// <summary>Where attention came from.</summary>
/// <param name="Run">How often a model ran.</param>
/// <param name="Kept">Images whose attention came from the disk.</param>
/// <param name="Damaged">Files on the disk that could not be used and were made again.</param>
internal sealed record AttentionCount(int Run, int Kept, int Damaged);
