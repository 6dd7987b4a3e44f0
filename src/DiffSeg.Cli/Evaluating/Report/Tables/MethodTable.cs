using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Wording;

namespace DiffSeg.Cli.Evaluating.Report.Tables;

/// <summary>The methods beside each other, and beside the published figures.</summary>
internal static class MethodTable
{
    /// <summary>What marks a figure of a paper that was not checked.</summary>
    public const string Quoted = "published; as quoted, not checked against the paper";

    // The figures that papers print, which come first among the words.
    private const int Headlines = 2;

    /// <summary>The figures that stand at the top of the report: at most two.</summary>
    /// <param name="result">The evaluation.</param>
    public static IReadOnlyList<MetricWord> Headline(EvaluationResult result) => [.. MetricWord.In(Methods(result)).Take(Headlines)];

    /// <summary>The runs that are methods, not settings of a sweep.</summary>
    /// <param name="result">The evaluation.</param>
    public static IReadOnlyList<EvaluationRun> Methods(EvaluationResult result) => [.. result.Runs.Where(run => !run.SweepOnly)];

    /// <summary>The table of the figures at the top, with the published ones below those measured.</summary>
    /// <param name="result">The evaluation.</param>
    public static ReportTable Of(EvaluationResult result)
    {
        IReadOnlyList<MetricWord> words = Headline(result);
        return new ReportTable(
            result.Published.Count > 0 ? "Methods, measured and published" : "Methods",
            ProtocolText.LineWithErrors(result, words.Any(word => word.NeedsMatching)),
            [
                new ReportColumn("Method"),
                .. words.Select(word => new ReportColumn(word.Heading, IsNumber: true)),
                new ReportColumn("Segments", IsNumber: true),
                new ReportColumn("Time per image", IsNumber: true),
                new ReportColumn("Peak memory", IsNumber: true),
                new ReportColumn("Origin"),
            ],
            [
                .. Methods(result).Select(run => Measured(result, words, run)),
                .. result.Published.Select(figure => Published(words, figure)),
            ]);
    }

    /// <summary>The table of all further figures; null when there are none.</summary>
    /// <param name="result">The evaluation.</param>
    public static ReportTable? OfFurther(EvaluationResult result)
    {
        IReadOnlyList<EvaluationRun> runs = Methods(result);
        MetricWord[] words = [.. MetricWord.In(runs).Skip(Headlines)];
        return words.Length == 0 ? null : new ReportTable(
            "Further measures",
            ProtocolText.LineWithErrors(result, words.Any(word => word.NeedsMatching)),
            [new ReportColumn("Method"), .. words.Select(word => new ReportColumn(word.Heading, IsNumber: true))],
            [.. runs.Select(run => new ReportRow(KindOf(result, run), [run.Name, .. words.Select(word => Figures.Text(run.Metric(word.Name)))]))]);
    }

    /// <summary>The papers that figures were taken from.</summary>
    /// <param name="result">The evaluation.</param>
    public static IReadOnlyList<string> Sources(EvaluationResult result) => [.. result.Published.Select(figure => figure.Source).Distinct()];

    /// <summary>What marks a published figure.</summary>
    /// <param name="figure">The figure.</param>
    public static string OriginOf(PublishedFigure figure) => figure.IsConfirmed ? "published" : Quoted;

    private static ReportRow Measured(EvaluationResult result, IReadOnlyList<MetricWord> words, EvaluationRun run) => new(
        KindOf(result, run),
        [
            run.Name,
            .. words.Select(word => Figures.Text(run.Metric(word.Name))),
            Figures.Mean(run.MeanSegments),
            Figures.Time(run.Stages.Count == 0 ? double.NaN : run.Stages.Sum(stage => stage.MeanMilliseconds)),
            Figures.Memory(run.PeakMemoryBytes),
            run.Model is { } model ? $"measured, {model}" : "measured",
        ]);

    private static ReportRow Published(IReadOnlyList<MetricWord> words, PublishedFigure figure) => new(
        RowKind.Published,
        [
            (figure.Detail is { } detail ? $"{figure.Method}, {detail}" : figure.Method) + " (published)",
            .. words.Select(word => word.Name switch
            {
                MetricNames.MeanIou => Figures.Published(figure.MeanIou),
                MetricNames.PixelAccuracy => Figures.Published(figure.PixelAccuracy),
                _ => Figures.None,
            }),
            Figures.None,
            Figures.None,
            Figures.None,
            OriginOf(figure),
        ]);

    private static RowKind KindOf(EvaluationResult result, EvaluationRun run) => run.Name == result.MainRun ? RowKind.Main : RowKind.Plain;
}
