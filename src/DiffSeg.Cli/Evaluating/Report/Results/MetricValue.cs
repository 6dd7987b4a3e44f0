namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>A figure.</summary>
/// <param name="Name">One of <see cref="MetricNames"/>, or any other.</param>
/// <param name="Value">The figure; shares are 0..1.</param>
/// <param name="StandardError">Its standard error over images, in the same unit; NaN when it is not known.</param>
/// <param name="Count">Number of images that it stands on.</param>
internal sealed record MetricValue(string Name, double Value, double StandardError, int Count);
