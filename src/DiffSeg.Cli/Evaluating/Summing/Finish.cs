using DiffSeg.Cli.Evaluating.Journal;
using DiffSeg.Cli.Evaluating.Report;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Reporting;
using DiffSeg.Cli.Terminal;
using DiffSeg.Evaluation;
using Spectre.Console;

namespace DiffSeg.Cli.Evaluating.Summing;

/// <summary>The end of an evaluation: the report, when all parts are there.</summary>
/// <param name="console">The console.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="quiet">Whether to say only what went wrong.</param>
internal sealed class Finish(ToolConsole console, TimeProvider clock, bool quiet)
{
    /// <summary>The parts that are missing, from 1; empty when all are there.</summary>
    /// <param name="journals">Journals of one evaluation, at least one.</param>
    public static IReadOnlyList<int> Missing(IReadOnlyList<JournalContents> journals) =>
    [
        .. Enumerable.Range(1, journals[0].Header.Shards)
            .Where(shard => journals.All(journal => journal.Header.Shard != shard)),
    ];

    /// <summary>Writes the report.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="journals">Journals of one evaluation, all parts of it.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">A journal is damaged.</exception>
    public int Write(string folder, IReadOnlyList<JournalContents> journals)
    {
        JournalHeader header = journals[0].Header;
        var ledger = new JournalLedger(header.Images.Count, header.Keys);
        foreach (JournalContents journal in journals)
        {
            ledger.Add(journal.Entries);
        }

        if (ledger.Done.Count == 0)
        {
            console.WriteError("no image could be evaluated, for the reasons above; there is no report.");
            return ExitCode.SomeFailed;
        }

        try
        {
            string[] folders = [folder, .. journals.Select(journal => Path.GetDirectoryName(journal.Path)!).Distinct()];
            EvaluationResult result = new ResultBuilder(folder, clock).Build(header, ledger, folders);
            ReportFiles.Write(folder, result);
            if (!quiet)
            {
                ResultTable.Write(console.Output, result);
                console.Output.WriteLine($"Report in {folder}: {ReportFiles.Page} to look at, {ReportFiles.Markdown}, and {MetricsFile.Name} for scripts.");
            }

            return result.DataSet.Skipped.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
        }
        catch (EvaluationException problem)
        {
            throw new SetupException($"The journals in '{folder}' are damaged: {problem.Message} Start again with --restart.", problem);
        }
    }

    /// <summary>Says how many images are not done; null when all are done or skipped.</summary>
    /// <param name="journals">Journals of one evaluation, all parts of it.</param>
    public static string? Unfinished(IReadOnlyList<JournalContents> journals)
    {
        JournalHeader header = journals[0].Header;
        var ledger = new JournalLedger(header.Images.Count, header.Keys);
        foreach (JournalContents journal in journals)
        {
            ledger.Add(journal.Entries);
        }

        int open = ledger.Open.Count;
        int[] shards = [.. ledger.Open.Select(image => (image % header.Shards) + 1).Distinct().Order()];
        return open == 0 ? null
            : header.Shards == 1 ? $"{Plural.Of(open, "image")} of {header.Images.Count} are not done."
            : $"{Plural.Of(open, "image")} of {header.Images.Count} are not done, of the parts {string.Join(", ", shards.Select(shard => $"{shard}/{header.Shards}"))}.";
    }
}
