namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>A figure from a paper, not measured here.</summary>
/// <param name="Method">The method.</param>
/// <param name="Detail">With what setting: "512 x 512"; null where the source does not say.</param>
/// <param name="PixelAccuracy">Pixel accuracy, 0..1; NaN where the source has none.</param>
/// <param name="MeanIou">mIoU, 0..1; NaN where the source has none.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="IsConfirmed">Whether the figure was checked against the paper; false where it is only quoted.</param>
internal sealed record PublishedFigure(
    string Method, string? Detail, double PixelAccuracy, double MeanIou, string Source, bool IsConfirmed);
