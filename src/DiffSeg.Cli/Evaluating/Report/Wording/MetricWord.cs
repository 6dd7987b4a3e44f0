using DiffSeg.Cli.Evaluating.Report.Results;

namespace DiffSeg.Cli.Evaluating.Report.Wording;

/// <summary>How a figure is called and shown.</summary>
/// <param name="Name">Its name in metrics.json.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="IsShare">Whether it is 0..1 and shown in percent.</param>
/// <param name="LessIsBetter">Whether smaller is better.</param>
/// <param name="NeedsMatching">Whether segments must be matched to classes for it.</param>
internal sealed record MetricWord(string Name, string Title, bool IsShare, bool LessIsBetter = false, bool NeedsMatching = false)
{
    // In the order in which they are shown.
    private static readonly MetricWord[] Known =
    [
        new(MetricNames.MeanIou, "mIoU", IsShare: true, NeedsMatching: true),
        new(MetricNames.PixelAccuracy, "Pixel accuracy", IsShare: true, NeedsMatching: true),
        new(MetricNames.FigureIou, "Figure IoU", IsShare: true),
        new(MetricNames.FigureF, "Figure F, β² = 0.3", IsShare: true),
        new(MetricNames.FigureF1, "Figure F1", IsShare: true),
        new(MetricNames.Covering, "Covering", IsShare: true),
        new(MetricNames.RandIndex, "Rand index", IsShare: true),
        new(MetricNames.VariationOfInformation, "Variation of information, bits", IsShare: false, LessIsBetter: true),
        new(MetricNames.BoundaryF, "Boundary F", IsShare: true),
        new(MetricNames.BoundaryPrecision, "Boundary precision", IsShare: true),
        new(MetricNames.BoundaryRecall, "Boundary recall", IsShare: true),
    ];

    /// <summary>Name and unit, for the head of a column.</summary>
    public string Heading => this switch
    {
        { IsShare: true } => $"{Title}, %",
        { LessIsBetter: true } => $"{Title} (less is better)",
        _ => Title,
    };

    /// <summary>The words for a figure; one that is not known is shown under its own name.</summary>
    /// <param name="name">Its name in metrics.json.</param>
    public static MetricWord Of(string name) => Known.FirstOrDefault(word => word.Name == name) ?? new MetricWord(name, name, IsShare: false);

    /// <summary>The figures that any of the runs has, in the order in which they are shown.</summary>
    /// <param name="runs">The runs.</param>
    public static IReadOnlyList<MetricWord> In(IEnumerable<EvaluationRun> runs)
    {
        string[] names = [.. runs.SelectMany(run => run.Metrics).Select(metric => metric.Name).Distinct()];
        return [.. Known.Where(word => names.Contains(word.Name)), .. names.Select(Of).Where(word => !Known.Contains(word))];
    }
}
