using DiffSeg.Cli.Evaluating.Report.Charts;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Wording;

namespace DiffSeg.Cli.Evaluating.Report.Page;

/// <summary>Figures as marks of a chart.</summary>
internal static class ChartMarks
{
    /// <summary>A measured figure.</summary>
    /// <param name="word">Which one.</param>
    /// <param name="label">What it is of.</param>
    /// <param name="metric">The figure; null when it was not measured.</param>
    /// <param name="isMain">Whether it is the main run's, or a sweep's default.</param>
    public static ChartMark Measured(MetricWord word, string label, MetricValue? metric, bool isMain)
    {
        double scale = word.IsShare ? 100 : 1;
        return new ChartMark(
            label,
            scale * (metric?.Value ?? double.NaN),
            scale * (metric?.StandardError ?? double.NaN),
            isMain ? MarkKind.Main : MarkKind.Measured,
            Figures.Text(metric));
    }

    /// <summary>A published figure; null when papers do not print it.</summary>
    /// <param name="word">Which one.</param>
    /// <param name="figure">The method's figures.</param>
    public static ChartMark? Published(MetricWord word, PublishedFigure figure)
    {
        double value = word.Name switch
        {
            MetricNames.MeanIou => figure.MeanIou,
            MetricNames.PixelAccuracy => figure.PixelAccuracy,
            _ => double.NaN,
        };
        string label = figure.Detail is { } detail ? $"{figure.Method}, {detail}" : figure.Method;
        return double.IsFinite(value)
            ? new ChartMark(label, 100 * value, double.NaN, MarkKind.Published, Figures.Published(value))
            : null;
    }

    /// <summary>Which values an axis can have.</summary>
    /// <param name="word">The figure on it.</param>
    public static ChartRange Range(MetricWord word) => word.IsShare ? ChartRange.Percent : ChartRange.Positive;

    /// <summary>Whether there is anything to draw.</summary>
    /// <param name="marks">The marks.</param>
    public static bool Any(IEnumerable<ChartMark> marks) => marks.Any(mark => double.IsFinite(mark.Value));
}
