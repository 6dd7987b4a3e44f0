using DiffSeg.Batches;
using DiffSeg.Cli.Batching.Asking;
using DiffSeg.Cli.Batching.Guarding;
using DiffSeg.Cli.Batching.Listing;
using DiffSeg.Cli.Batching.Telling;
using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Evaluating.Asking;
using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Output;
using DiffSeg.Cli.Pulling;
using DiffSeg.Cli.Reporting;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Onnx;
using Spectre.Console;

namespace DiffSeg.Cli.Batching.Running;

/// <summary>One process's part of a batch, from what was asked to the exit code.</summary>
/// <param name="request">What was asked.</param>
/// <param name="workingDirectory">What relative paths start from.</param>
/// <param name="clock">Measures, and tells the time to logs and heartbeats.</param>
/// <param name="surroundings">The machine.</param>
/// <param name="source">Finds models.</param>
/// <param name="makeSegmenter">Opens a model.</param>
/// <param name="log">Is told.</param>
internal sealed class BatchJob(
    BatchRequest request,
    string workingDirectory,
    TimeProvider clock,
    Surroundings surroundings,
    ModelSource source,
    Func<AttentionModel, SegmentRequest, IImageSegmenter> makeSegmenter,
    BatchLog log)
{
    /// <summary>Folder of the marks that guards make, in the batch's folder; hidden, and no part of the result.</summary>
    public const string GuardFolder = ".guard";

    private static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(1);

    private readonly GuardSettings _guards = request.Guards;

    // What .NET counts honours the limits of a container; ONNX Runtime would count the whole machine's cores.
    private int Threads => request.Model.Threads ?? Environment.ProcessorCount;

    /// <summary>Does it.</summary>
    /// <param name="output">Where the summary is written; null for nowhere.</param>
    /// <param name="stop">The request to stop.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">It cannot begin.</exception>
    /// <exception cref="TemporaryException">It cannot go on here and now.</exception>
    public int Run(IAnsiConsole? output, CancellationToken stop)
    {
        // The cheap checks first, and the folder last: a run that cannot begin leaves no empty folder.
        ShardChoice shard = ShardChoice.Of(request.Shard, request.Shards, surroundings.Variable);
        var inputs = new BatchInputs(workingDirectory, surroundings.OpenInput);
        AttentionModel model = source.Load(request.Model.Model);
        ModelFit.Check(request.Mask, model);
        BatchList list = BatchList.Read(inputs.Find(request.Input), BatchSettings.Of(request, model), shard.Shard, stop);
        BatchFolder folder = Open(list.Plan);
        return Guarded(folder.Path, () =>
        {
            using HandMarker marker = HandMarker.Take(MarkerOf(folder, shard.Shard), list.Plan.Sha256);
            var rows = new OpenRows(list, folder);
            log.Started(
                list.Plan.ImageCount, list.Plan.ChunkCount, shard.Shard.ToString(), shard.Source, list.Count, list.Count - rows.Count,
                list.Plan.Model!, request.Model.Gpu is { } gpu ? $"GPU {gpu}" : "the CPU", Threads, ToolVersion.Text);
            var progress = new BatchProgress(clock, rows.Count);
            BatchEnd end = rows.Count == 0
                ? BatchEnd.Done
                : Do(marker, rows, list, folder, shard, model, new InputSources(inputs.Sources(request.Input)), progress, stop);
            return end == BatchEnd.Stopped ? Stopped(progress) : Finished(folder.Statistics(list.Chunks), folder, progress, shard, output);
        });
    }

    /// <summary>Tries one image and leaves no trace of it: for a process that may die of it.</summary>
    /// <param name="path">The image.</param>
    public void Try(string path)
    {
        using IImageSegmenter segmenter = Open(source.Load(request.Model.Model));
        using var limit = new Timer(_ => surroundings.EndProcess(ExitCode.Done), null, _guards.TimeLimit, Timeout.InfiniteTimeSpan);
        segmenter.Segment([new InputImage(path, path)], new TrialVisitor(), CancellationToken.None);
    }

    private BatchEnd Do(
        HandMarker marker, OpenRows rows, BatchList list, BatchFolder folder, ShardChoice shard, AttentionModel model, InputSources sources, BatchProgress progress, CancellationToken stop)
    {
        var suspects = new Suspects(Path.Combine(folder.Path, GuardFolder), list.Plan.Sha256, _guards.TimeLimit);
        Accuse(marker.Left, suspects, list, folder);
        marker.Write([]);
        TryDoubtful(suspects, list, folder, stop);

        using IImageSegmenter segmenter = Open(model);
        using var meters = new BatchMeters(shard.Shard, () => progress.Left);
        using var sink = new ChunkSink(folder, _guards.MinFree, surroundings.FreeSpace, meters, log, clock);
        var hand = new InHand(marker, clock);
        var heartbeat = new Heartbeat(folder.Path, shard.Shard, progress, sink, hand, clock);
        var plan = new StopPlan(_guards.Grace, log, clock, stop);
        Minder minder = Mind(model, marker, hand, suspects, heartbeat, plan, progress);
        string state = "failed";
        try
        {
            var faults = new FaultCount(_guards.MaxFaults, meters, log);
            var proof = new MachineProof(rows, segmenter, hand, suspects, faults, plan, log);
            BatchEnd end = new BatchRun(rows, segmenter, sink, hand, suspects, faults, proof, sources, meters, plan, progress, log, clock).Execute();
            state = end == BatchEnd.Done ? "done" : "stopped";
            return end;
        }
        finally
        {
            minder.Dispose();
            heartbeat.Beat(state);
        }
    }

    private Minder Mind(AttentionModel model, HandMarker marker, InHand hand, Suspects suspects, Heartbeat heartbeat, StopPlan plan, BatchProgress progress)
    {
        void End(int code)
        {
            // The process did not die: it was ended.
            marker.Dispose();
            surroundings.EndProcess(code);
        }

        var watchdog = new Watchdog(hand, suspects, _guards.TimeLimit, model.BatchSize is null or 1, log, code =>
        {
            heartbeat.Beat("failed");
            End(code);
        });
        long beaten = clock.GetTimestamp();
        heartbeat.Beat("running");
        TimeSpan interval = _guards.TimeLimit / 4 < LongestInterval ? _guards.TimeLimit / 4 : LongestInterval;
        return new Minder(interval, () =>
        {
            watchdog.Look();
            if (plan.IsOver)
            {
                log.Stopped(progress.Left);
                heartbeat.Beat("stopped");
                End(surroundings.Stop?.Code ?? ExitCode.Cancelled);
            }

            if (clock.GetElapsedTime(beaten) >= BeatInterval)
            {
                beaten = clock.GetTimestamp();
                heartbeat.Beat("running");
            }
        });
    }

    private static string MarkerOf(BatchFolder folder, Shard shard) =>
        Path.Combine(folder.Path, GuardFolder, $"in-hand-{shard.Number}-of-{shard.Count}");

    // An image whose chunk is done has its result, however it came about.
    private void Accuse(IReadOnlyList<int> left, Suspects suspects, BatchList list, BatchFolder folder)
    {
        foreach (int index in left.Where(index => list.Has(index) && folder.Done(index / list.Plan.ChunkSize) is null))
        {
            string image = list[index].Name;
            suspects.Died(index, image);
            log.Died(image, index, suspects.Of(index)!.Deaths);
        }
    }

    // Before the model is opened: twice the memory would be a cause of death itself.
    private void TryDoubtful(Suspects suspects, BatchList list, BatchFolder folder, CancellationToken stop)
    {
        foreach (Suspicion suspicion in suspects.All.Where(one => one.Deaths == Suspicion.Doubtful && list.Has(one.Index)))
        {
            bool survives = folder.Done(suspicion.Index / list.Plan.ChunkSize) is not null || surroundings.SurvivesImage(list[suspicion.Index].Path, stop);
            if (stop.IsCancellationRequested)
            {
                // A trial that was cut short says nothing.
                return;
            }

            log.Tried(suspicion.Image, suspicion.Index, survives);
            if (survives)
            {
                suspects.Clear(suspicion.Index);
            }
            else
            {
                suspects.Condemn(suspicion);
            }
        }
    }

    private BatchFolder Open(BatchPlan plan)
    {
        try
        {
            OutputFolder folder = OutputFolder.Open(request.Output, workingDirectory);
            return BatchFolder.Open(folder.FullPath, plan, request.Overwrite);
        }
        catch (BatchFolderException problem)
        {
            string hint = problem.Differences.Count > 0 ? $"{Environment.NewLine}--overwrite throws away what is there." : "";
            throw new SetupException(problem.Message + hint, problem);
        }
        catch (BatchBusyException problem)
        {
            throw new TemporaryException(problem.Message, problem);
        }
        catch (SetupException problem) when (problem.InnerException is IOException full && DiskSpace.IsFull(full))
        {
            throw new TemporaryException(problem.Message, problem);
        }
        catch (IOException problem)
        {
            throw new TemporaryException($"--output '{request.Output}': {problem.Message}", problem);
        }
    }

    private IImageSegmenter Open(AttentionModel model)
    {
        var output = new OutputSettings(request.Output, Overlay: false, Opacity: 0, Coco: false, ContactSheet: false, Quiet: true);
        try
        {
            return makeSegmenter(model, new SegmentRequest(request.Input, request.Model with { Threads = Threads }, request.Mask, output, []));
        }
        catch (SetupException problem) when (request.Model.Gpu is not null && GpuFault.MayPass(problem))
        {
            throw new TemporaryException(problem.Message, problem);
        }
    }

    private static int Guarded(string folder, Func<int> work)
    {
        try
        {
            return work();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new TemporaryException($"'{folder}' cannot be used: {problem.Message}", problem);
        }
        catch (InvalidDataException problem)
        {
            throw new SetupException($"{problem.Message} 'diffseg batch verify' tells all that is wrong with the folder.", problem);
        }
    }

    private int Stopped(BatchProgress progress)
    {
        log.Stopped(progress.Left);
        return surroundings.Stop?.Code ?? ExitCode.Cancelled;
    }

    private int Finished(BatchStatistics statistics, BatchFolder folder, BatchProgress progress, ShardChoice shard, IAnsiConsole? output)
    {
        log.Finished(
            statistics.Images, statistics.Failed, statistics.ErrorRate, statistics.Segments, progress.Now, progress.Time.TotalSeconds, progress.Rate);
        if (output is not null)
        {
            BatchSummary.Write(
                output,
                shard.Shard.Count > 1 ? $"shard {shard.Shard}" : "batch",
                statistics,
                ("done now", $"{progress.Now:N0} in {Duration.Text(progress.Time)}"),
                ("images a second", progress.Rate.ToString("F2", System.Globalization.CultureInfo.InvariantCulture)),
                ("folder", folder.Path));
        }

        if (statistics.ErrorRate <= _guards.MaxErrorRate)
        {
            return ExitCode.Done;
        }

        log.TooManyFailed(statistics.Failed, statistics.Images, _guards.MaxErrorRate);
        return ExitCode.SomeFailed;
    }
}
