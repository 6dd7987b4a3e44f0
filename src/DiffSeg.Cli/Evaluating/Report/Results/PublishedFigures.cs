namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>
/// Figures from papers for the data sets that have a name. DiffSeg's at 512 x 512 were checked against the paper; the
/// others are as quoted.
/// </summary>
internal static class PublishedFigures
{
    private const string Paper =
        "Tian et al., Diffuse, Attend, and Segment: Unsupervised Zero-Shot Segmentation using Stable Diffusion, CVPR 2024";

    /// <summary>For COCO-Stuff-27.</summary>
    public static IReadOnlyList<PublishedFigure> CocoStuff27 { get; } =
    [
        Checked("DiffSeg", "512 × 512", 72.5, 43.6),
        Quoted("DiffSeg", "320 × 320", 72.5, 43.0),
        Quoted("K-Means-S", null, 62.6, 34.7),
        Quoted("K-Means-C", null, 58.9, 33.7),
        Quoted("ReCo", null, 46.1, 26.3),
    ];

    /// <summary>For Cityscapes-27.</summary>
    public static IReadOnlyList<PublishedFigure> Cityscapes27 { get; } =
    [
        Checked("DiffSeg", "512 × 512", 76.0, 21.2),
        Quoted("DiffSeg", "320 × 320", 67.3, 15.2),
        Quoted("ReCo", null, 74.6, 19.3),
    ];

    private static PublishedFigure Checked(string method, string? detail, double accuracy, double meanIou) =>
        new(method, detail, accuracy / 100, meanIou / 100, Paper, IsConfirmed: true);

    private static PublishedFigure Quoted(string method, string? detail, double accuracy, double meanIou) =>
        new(method, detail, accuracy / 100, meanIou / 100, Paper, IsConfirmed: false);
}
