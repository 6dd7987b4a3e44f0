namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>What a stage cost per image.</summary>
/// <param name="Name">What it is called: "attention", "merging".</param>
/// <param name="MeanMilliseconds">Mean time over images.</param>
/// <param name="MedianMilliseconds">Median time over images.</param>
/// <param name="PeakBytes">Most memory that it held above what was held before; null when it was not measured.</param>
internal sealed record StageCost(string Name, double MeanMilliseconds, double MedianMilliseconds, long? PeakBytes = null);
