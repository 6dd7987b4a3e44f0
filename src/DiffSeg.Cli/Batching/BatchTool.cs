using DiffSeg.Cli.Batching.Asking;
using DiffSeg.Cli.Batching.Checking;
using DiffSeg.Cli.Batching.Guarding;
using DiffSeg.Cli.Batching.Running;
using DiffSeg.Cli.Batching.Telling;
using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Logging;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Cli.Terminal;
using DiffSeg.Onnx;
using Microsoft.Extensions.Logging;

namespace DiffSeg.Cli.Batching;

/// <summary>Carries out the commands of "diffseg batch".</summary>
/// <param name="console">Where to write.</param>
/// <param name="workingDirectory">What relative paths start from.</param>
/// <param name="clock">What times are measured with.</param>
/// <param name="surroundings">The machine.</param>
/// <param name="source">Finds models.</param>
/// <param name="makeSegmenter">Opens a model.</param>
internal sealed class BatchTool(
    ToolConsole console,
    string workingDirectory,
    TimeProvider clock,
    Surroundings surroundings,
    ModelSource source,
    Func<AttentionModel, SegmentRequest, IImageSegmenter> makeSegmenter)
{
    /// <summary>"diffseg batch". Whatever goes wrong is told in the log, and by the exit code.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>The exit code.</returns>
    public int Run(BatchRequest request, CancellationToken stop)
    {
        using var lines = new LogLines(console, request.Log, request.Quiet ? LogLevel.Warning : LogLevel.Information);
        ILogger logger = lines.CreateLogger("DiffSeg.Batch");
        var log = new BatchLog(logger);
        surroundings.Stop?.KeepQuiet();
        try
        {
            var job = new BatchJob(request, workingDirectory, clock, surroundings, source, makeSegmenter, log);
            if (surroundings.Variable(Trial.Variable) is { Length: > 0 } path)
            {
                job.Try(path);
                return ExitCode.Done;
            }

            return job.Run(request.Quiet ? null : console.Output, stop);
        }
        catch (TemporaryException problem)
        {
            log.Temporary(problem.Message.TrimEnd('.'));
            return ExitCode.Temporary;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return surroundings.Stop?.Code ?? ExitCode.Cancelled;
        }
        catch (Exception problem)
        {
            return logger.Failed(problem);
        }
    }

    /// <summary>"diffseg batch verify".</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="stop">Stops it between two chunks.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">There is no batch.</exception>
    public int Verify(BatchVerifyRequest request, CancellationToken stop) =>
        new BatchReport(console, workingDirectory, request.Batch).Verify(request.Redo, stop);

    /// <summary>"diffseg batch merge".</summary>
    /// <param name="request">What was asked.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">There is no batch.</exception>
    public int Merge(BatchFolderRequest request) => new BatchReport(console, workingDirectory, request).Merge();
}
