using System.Globalization;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Wording;
using Spectre.Console;

namespace DiffSeg.Cli.Evaluating.Summing;

/// <summary>The figures of all runs, for the console.</summary>
internal static class ResultTable
{
    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="result">The evaluation.</param>
    public static void Write(IAnsiConsole output, EvaluationResult result)
    {
        IReadOnlyList<MetricWord> words = MetricWord.In(result.Runs);
        var table = new Grid();
        for (int i = 0; i < words.Count + 2; i++)
        {
            table.AddColumn(new GridColumn().NoWrap().PadRight(3));
        }

        table.AddRow([Bold(result.DataSet.Name), .. words.Select(word => Bold(word.Heading)), Bold("segments")]);
        foreach (EvaluationRun run in result.Runs)
        {
            table.AddRow([
                new Text(run.Name),
                .. words.Select(word => new Text(Figure(word, run.Metric(word.Name)))),
                new Text(run.MeanSegments.ToString("F1", CultureInfo.InvariantCulture))]);
        }

        output.Write(table);
    }

    private static string Figure(MetricWord word, MetricValue? metric)
    {
        if (metric is null || !double.IsFinite(metric.Value))
        {
            return "-";
        }

        (double scale, string format) = word.IsShare ? (100, "F1") : (1, "F3");
        string value = (scale * metric.Value).ToString(format, CultureInfo.InvariantCulture);
        return double.IsFinite(metric.StandardError)
            ? $"{value} ± {(scale * metric.StandardError).ToString(format, CultureInfo.InvariantCulture)}"
            : value;
    }

    private static Text Bold(string text) => new(text, new Style(decoration: Decoration.Bold));
}
