using System.Text.Json;
using DiffSeg.Batches;
using DiffSeg.Cli.Batching.Asking;
using DiffSeg.Cli.Batching.Telling;
using DiffSeg.Cli.Output;
using DiffSeg.Cli.Reporting;
using DiffSeg.Cli.Terminal;
using Spectre.Console;

namespace DiffSeg.Cli.Batching.Checking;

/// <summary>Looks into the folder of a batch: is it complete, and what became of its images.</summary>
/// <param name="console">Where to write.</param>
/// <param name="workingDirectory">What relative paths start from.</param>
/// <param name="request">What was asked.</param>
internal sealed class BatchReport(ToolConsole console, string workingDirectory, BatchFolderRequest request)
{
    private const int MostProblems = 50;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Reads and hashes every file.</summary>
    /// <param name="redo">Whether chunks that are wrong are marked as not done.</param>
    /// <param name="stop">Stops it between two chunks.</param>
    /// <returns>The exit code: whether the batch is complete and consistent.</returns>
    /// <exception cref="SetupException">There is no batch, or it cannot be read or marked.</exception>
    public int Verify(bool redo, CancellationToken stop) => Read(folder =>
    {
        BatchVerification found = folder.Verify(null, stop);
        foreach (BatchProblem problem in found.Problems.Take(MostProblems))
        {
            string file = problem.File is { } name ? $"{name}: " : "";
            console.Error.MarkupLineInterpolated($"[red]{problem.Kind.ToString().ToLowerInvariant()}[/] {file}{problem.Message}");
        }

        if (found.Problems.Count > MostProblems)
        {
            console.Error.WriteLine($"... and {found.Problems.Count - MostProblems} problems more");
        }

        Tell(folder, found.Statistics);
        if (!found.IsSound)
        {
            IReadOnlyList<int> wrong = BatchRedo.Chunks(found.Problems);
            string next = redo ? " " + BatchRedo.Forget(folder, wrong) : Advice(found.Problems, wrong);
            console.WriteError($"'{request.Folder}' is not complete and consistent: {Plural.Of(found.Problems.Count, "problem")}.{next}");
            return ExitCode.SomeFailed;
        }

        if (!request.Quiet)
        {
            console.Output.WriteLine("Complete and consistent: each image has exactly one mask or one reason, and every file is as it was written.");
            if (found.Compressors.Count > 1)
            {
                console.Output.WriteLine(
                    $"PNGs were compressed in {found.Compressors.Count} ways ({string.Join(", ", found.Compressors)}), by .NET runtimes or processors that differ: "
                    + "another run may give other bytes of the same pixels.");
            }
        }

        return ExitCode.Done;
    });

    /// <summary>Joins the statistics of all chunks that are done.</summary>
    /// <returns>The exit code: whether that is all of them.</returns>
    /// <exception cref="SetupException">There is no batch.</exception>
    public int Merge() => Read(folder =>
    {
        BatchStatistics statistics = folder.Statistics();
        Tell(folder, statistics);
        if (statistics.Chunks == folder.Plan.ChunkCount)
        {
            return ExitCode.Done;
        }

        console.WriteError($"{folder.Plan.ChunkCount - statistics.Chunks} of {Plural.Of(folder.Plan.ChunkCount, "chunk")} are not done; these are the statistics of the others.");
        return ExitCode.SomeFailed;
    });

    private int Read(Func<BatchFolder, int> look)
    {
        try
        {
            return look(BatchFolder.OpenExisting(Path.GetFullPath(request.Folder, workingDirectory)));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new SetupException(problem.Message, problem);
        }
    }

    private void Tell(BatchFolder folder, BatchStatistics statistics)
    {
        if (request.Json is { } given)
        {
            using var file = new AtomicFile(OutputFile.PathOf("--json", given, workingDirectory));
            using (FileStream stream = file.Create())
            {
                JsonSerializer.Serialize(stream, new Facts(folder.Plan, statistics), Json);
            }

            file.Commit();
        }

        if (!request.Quiet)
        {
            BatchSummary.Write(
                console.Output,
                "batch",
                statistics,
                ("of images", folder.Plan.ImageCount.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)),
                ("of chunks", folder.Plan.ChunkCount.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)),
                ("model", folder.Plan.Model ?? "not named"),
                ("made by", folder.Plan.ToolVersion));
        }
    }

    private static string Advice(IReadOnlyList<BatchProblem> problems, IReadOnlyList<int> wrong) =>
        wrong.Count > 0 ? $" With --redo, {Plural.Of(wrong.Count, "chunk")} would be marked as not done, and running the batch again would do what is missing."
            : problems.All(problem => problem.Kind is BatchProblemKind.Missing or BatchProblemKind.Unfinished)
                ? " Running the batch again does what is missing."
                : "";

    /// <summary>The statistics as JSON.</summary>
    private sealed class Facts(BatchPlan plan, BatchStatistics statistics)
    {
        public int Images => plan.ImageCount;

        public int Chunks => plan.ChunkCount;

        public bool Complete => statistics.Chunks == plan.ChunkCount;

        public BatchStatistics Done => statistics;

        public string? Model => plan.Model;

        public IReadOnlyDictionary<string, string> Settings => plan.Settings;

        public string PlanSha256 => plan.Sha256;

        public string ToolVersion => plan.ToolVersion;
    }
}
