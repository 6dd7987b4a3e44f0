using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Evaluating.Asking;
using DiffSeg.Cli.Evaluating.Attention;
using DiffSeg.Cli.Evaluating.Journal;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Running;
using DiffSeg.Cli.Evaluating.Summing;
using DiffSeg.Cli.Output;
using DiffSeg.Cli.Reporting;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Cli.Terminal;
using Spectre.Console;

namespace DiffSeg.Cli.Evaluating;

/// <summary>Carries out "diffseg eval".</summary>
/// <param name="console">Where to write.</param>
/// <param name="workingDirectory">What relative paths start from.</param>
/// <param name="clock">What times are measured with.</param>
/// <param name="source">Finds models.</param>
internal sealed class Evaluator(ToolConsole console, string workingDirectory, TimeProvider clock, ModelSource source)
{
    /// <summary>Evaluates, or goes on with an evaluation, and writes the report when all parts are done.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="reporter">Shows how it goes on.</param>
    /// <param name="cancellationToken">Stops after the current image.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">It cannot begin.</exception>
    public int Run(EvalRequest request, IRunReporter reporter, CancellationToken cancellationToken)
    {
        // The cheap checks first, and the folder last: a run that cannot begin leaves no empty folder.
        using var evaluation = new Evaluation(request, workingDirectory, source);
        EvaluationResult draft = Draft.Of(evaluation, clock);
        JournalHeader header = HeaderMaker.Of(evaluation, draft);
        JournalContents? there = request.Restart ? null : JournalFiles.Find(evaluation.Folder, header);
        var ledger = new JournalLedger(header.Images.Count, header.Keys);
        ledger.Add(there?.Entries ?? []);
        var work = new EvalWork(evaluation, ledger);
        if (work.Left > 0)
        {
            evaluation.OpenFirst();
        }

        Say(request, evaluation, work, ledger);
        OutputFolder folder = OutputFolder.Open(request.Output, workingDirectory);
        try
        {
            RunResult result = Do(evaluation, work, there, header, reporter, cancellationToken);
            return result.Cancelled ? Stopped(result) : End(request, folder.FullPath, header, result);
        }
        catch (IOException problem)
        {
            console.WriteError($"the evaluation cannot go on: {problem.Message} What is done is kept; the same command goes on.");
            return ExitCode.SomeFailed;
        }
    }

    /// <summary>Joins the parts of an evaluation.</summary>
    /// <param name="request">What was asked.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">They do not belong together, or some are missing.</exception>
    public int Merge(MergeRequest request)
    {
        List<JournalContents> journals = [];
        foreach (string given in request.Folders)
        {
            IReadOnlyList<JournalContents> found = JournalFiles.ReadAll(Path.GetFullPath(given, workingDirectory));
            journals.AddRange(found.Count > 0 ? found : throw new SetupException($"'{given}' holds no journal of 'diffseg eval'."));
        }

        JournalContents first = journals[0];
        foreach (JournalContents other in journals.Skip(1))
        {
            if (first.Header.Differences(other.Header) is { Count: > 0 } differences)
            {
                throw new SetupException(string.Join(Environment.NewLine, [
                    $"'{first.Path}' and '{other.Path}' are not of one evaluation (first the one, then the other):",
                    .. differences.Select(line => "  " + line)]));
            }
        }

        IReadOnlyList<int> missing = Finish.Missing(journals);
        if (missing.Count > 0)
        {
            throw new SetupException($"Parts are missing: {Parts(missing, first.Header.Shards)}. Do them with --shard, and name their folders.");
        }

        if (Finish.Unfinished(journals) is { } open)
        {
            throw new SetupException($"{open} Go on with them by the commands that began them.");
        }

        OutputFolder folder = OutputFolder.Open(request.Output, workingDirectory);
        return new Finish(console, clock, request.Quiet).Write(folder.FullPath, journals);
    }

    private RunResult Do(
        Evaluation evaluation,
        EvalWork work,
        JournalContents? there,
        JournalHeader header,
        IRunReporter reporter,
        CancellationToken cancellationToken)
    {
        using JournalWriter journal = there is null
            ? JournalWriter.Begin(JournalFiles.Fresh(evaluation.Folder, evaluation.Shard), header)
            : JournalWriter.Continue(there);
        AttentionCount count = new(0, 0, 0);
        RunResult result = reporter.Watch(work.Left, progress =>
        {
            var run = new EvalRun(evaluation, work, journal, progress, clock);
            RunResult done = run.Execute(cancellationToken);
            count = run.Attention;
            return done;
        });
        if (!evaluation.Request.Quiet && count.Run + count.Kept > 0)
        {
            string kept = evaluation.Store is null ? "" : $", {Plural.Of(count.Kept, "image")} with attention from the disk";
            string damaged = count.Damaged > 0 ? $" ({count.Damaged} damaged, made again)" : "";
            console.Output.WriteLine($"The model ran {Plural.Of(count.Run, "time")}{kept}{damaged}; {Duration.Text(result.Time)}.");
        }

        return result;
    }

    private void Say(EvalRequest request, Evaluation evaluation, EvalWork work, JournalLedger ledger)
    {
        if (request.Quiet)
        {
            return;
        }

        string part = evaluation.Shard.Count > 1 ? $", part {evaluation.Shard}" : "";
        console.Output.WriteLine(
            $"{evaluation.Set.Name}: {Plural.Of(evaluation.Set.Data.Samples.Count, "image")}{part}, {Plural.Of(evaluation.Plan.Runs.Count, "setting")}.");
        foreach (((float threshold, string origin), string name) in evaluation.Thresholds.Zip(evaluation.Models.Select(model => model.Name)))
        {
            console.Output.WriteLine(FormattableString.Invariant($"KL threshold with {name}: {threshold} ({origin})."));
        }

        if (ledger.Done.Count > 0)
        {
            console.Output.WriteLine($"{Plural.Of(ledger.Done.Count, "image")} done already, {work.Left} to do.");
        }
    }

    private int Stopped(RunResult result)
    {
        console.Error.MarkupLineInterpolated(
            $"[yellow]stopped[/] after {result.Done + result.Failed} of {result.Images} images; the same command goes on from there.");
        return result.Code;
    }

    private int End(EvalRequest request, string folder, JournalHeader header, RunResult result)
    {
        if (result.Failed > 0)
        {
            console.Error.MarkupLineInterpolated($"[red]{Plural.Of(result.Failed, "image")} skipped[/], for the reasons above.");
        }

        IReadOnlyList<JournalContents> journals = JournalFiles.ReadAll(folder);
        IReadOnlyList<int> missing = Finish.Missing(journals);
        string? open = missing.Count == 0 ? Finish.Unfinished(journals) : $"Parts are missing: {Parts(missing, header.Shards)}.";
        if (open is not null)
        {
            // Another process may be at the other parts just now.
            if (!request.Quiet)
            {
                console.Output.WriteLine(
                    $"Part {header.Shard}/{header.Shards} is done. {open} When all are there: diffseg eval merge {request.Output} --output {request.Output}");
            }

            return result.Code;
        }

        return new Finish(console, clock, request.Quiet).Write(folder, journals);
    }

    private static string Parts(IEnumerable<int> parts, int of) => string.Join(", ", parts.Select(part => $"{part}/{of}"));
}
