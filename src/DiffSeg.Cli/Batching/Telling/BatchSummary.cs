using System.Globalization;
using DiffSeg.Batches;
using Spectre.Console;

namespace DiffSeg.Cli.Batching.Telling;

/// <summary>Tables of what became of a batch, or of a shard of it.</summary>
internal static class BatchSummary
{
    private const int MostReasons = 12;

    /// <summary>Writes them.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="title">What they are of.</param>
    /// <param name="statistics">The numbers.</param>
    /// <param name="more">Further rows.</param>
    public static void Write(IAnsiConsole output, string title, BatchStatistics statistics, params (string Name, string Value)[] more)
    {
        Table table = Make(title, "");
        foreach ((string name, string value) in (IEnumerable<(string, string)>)
        [
            ("images", Number(statistics.Images)),
            ("with a mask", Number(statistics.Succeeded)),
            ("failed", $"{Number(statistics.Failed)} ({statistics.ErrorRate.ToString("P2", CultureInfo.InvariantCulture)})"),
            ("segments", Number(statistics.Segments)),
            ("chunks", Number(statistics.Chunks)),
            .. more,
        ])
        {
            table.AddRow(new Text(name), new Text(value));
        }

        output.Write(table);
        if (statistics.Failures.Count > 0)
        {
            output.Write(Reasons(statistics));
        }
    }

    private static Table Reasons(BatchStatistics statistics)
    {
        Table table = Make("why images failed", "images");
        KeyValuePair<string, int>[] reasons = [.. statistics.Failures.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)];
        foreach ((string reason, int count) in reasons.Take(MostReasons))
        {
            table.AddRow(new Text(reason), new Text(Number(count)));
        }

        if (reasons.Length > MostReasons)
        {
            table.AddRow(new Text($"{reasons.Length - MostReasons} more"), new Text(Number(reasons.Skip(MostReasons).Sum(pair => (long)pair.Value))));
        }

        return table;
    }

    private static Table Make(string first, string second) => new Table()
        .Border(TableBorder.Simple)
        .AddColumn(new TableColumn(new Text(first)))
        .AddColumn(new TableColumn(new Text(second)).RightAligned());

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
