using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Wording;

namespace DiffSeg.Cli.Evaluating.Report.Tables;

/// <summary>A sweep, a row per setting.</summary>
internal static class SweepTable
{
    /// <summary>The table.</summary>
    /// <param name="result">The evaluation.</param>
    /// <param name="sweep">One of its sweeps.</param>
    public static ReportTable Of(EvaluationResult result, Sweep sweep)
    {
        IReadOnlyList<MetricWord> words = MetricWord.In(sweep.Points.Select(point => result.Find(point.Run)));
        return new ReportTable(
            sweep.Title,
            ProtocolText.LineWithErrors(result, words.Any(word => word.NeedsMatching)),
            [
                new ReportColumn(sweep.Title),
                .. words.Select(word => new ReportColumn(word.Heading, IsNumber: true)),
                new ReportColumn("Segments", IsNumber: true),
            ],
            [.. sweep.Points.Select(point => Row(words, point, result.Find(point.Run)))]);
    }

    private static ReportRow Row(IReadOnlyList<MetricWord> words, SweepPoint point, EvaluationRun run) => new(
        point.IsDefault ? RowKind.Main : RowKind.Plain,
        [
            point.IsDefault ? $"{point.Label} (default)" : point.Label,
            .. words.Select(word => Figures.Text(run.Metric(word.Name))),
            Figures.Mean(run.MeanSegments),
        ]);
}
