using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Wording;
using Spectre.Console;

namespace DiffSeg.Cli.Evaluating.Summing;

/// <summary>The figures of all runs, for the console, rounded as in the report.</summary>
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
                .. words.Select(word => new Text(Figures.Text(run.Metric(word.Name)))),
                new Text(Figures.Mean(run.MeanSegments))]);
        }

        output.Write(table);
    }

    private static Text Bold(string text) => new(text, new Style(decoration: Decoration.Bold));
}
