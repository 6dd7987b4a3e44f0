using System.Diagnostics.Metrics;
using System.Net;
using DiffSeg.AspNetCore;
using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Hosting;
using DiffSeg.Cli.Logging;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Cli.Terminal;
using DiffSeg.Onnx;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace DiffSeg.Cli.Serving;

/// <summary>Carries out "diffseg serve".</summary>
/// <param name="console">Where to write.</param>
/// <param name="source">Finds the model.</param>
/// <param name="surroundings">The machine: tells of signals, and ends the process.</param>
internal sealed class SegmentationService(ToolConsole console, ModelSource source, Surroundings surroundings)
{
    /// <summary>Serves until the user ends it. Whatever goes wrong is told in the log, and by the exit code.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="cancellationToken">The user's end.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="OperationCanceledException">Ended before it began.</exception>
    public async Task<int> RunAsync(ServeRequest request, CancellationToken cancellationToken)
    {
        using var lines = new LogLines(console, request.Log);
        ILogger logger = lines.CreateLogger("DiffSeg.Service");
        surroundings.Stop?.KeepQuiet();
        try
        {
            return await ServeAsync(request, lines, new ServiceLog(logger), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            return logger.Failed(problem);
        }
    }

    private async Task<int> ServeAsync(ServeRequest request, LogLines lines, ServiceLog log, CancellationToken cancellationToken)
    {
        AttentionModel model = source.Load(request.Model.Model);
        ModelFit.CheckAnchors(request.Mask, model);
        ServiceSettings settings = request.Service;
        WebApplication app = ServiceApplication.Build(settings, options => Configure(options, request, model), lines);
        using var tally = new ServiceTally(app.Services.GetRequiredService<IMeterFactory>());
        OpenRequests open = app.Services.GetRequiredService<OpenRequests>();
        using var limit = new GraceLimit(
            settings.Grace, () => surroundings.EndProcess(GiveUp(open, tally, settings.Grace, log)), cancellationToken);

        await using (app.ConfigureAwait(false))
        {
            await ServeAsync(app, request, model, log, cancellationToken).ConfigureAwait(false);
            log.Stopping(open.Count, settings.Grace.TotalSeconds);
            await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }

        // The model is closed, which waits for its runs.
        tally.Tell(log);
        return ExitCode.Done;
    }

    private async Task ServeAsync(WebApplication app, ServeRequest request, AttentionModel model, ServiceLog log, CancellationToken cancellationToken)
    {
        ServiceSettings settings = request.Service;
        SegmentationServiceOptions options = Open(app, request, model);
        string address = await ServiceServer.StartAsync(app, settings, cancellationToken).ConfigureAwait(false);

        console.Output.MarkupLineInterpolated($"{address} segments pictures that are posted to /segment. Ctrl+C ends it.");
        log.Started(
            address, request.Model.Model, request.Model.Gpu is { } gpu ? $"GPU {gpu}" : "the CPU",
            options.Workers, options.QueueLength, ToolVersion.Text);
        if (!IPAddress.IsLoopback(settings.Host))
        {
            log.OpenToAll(settings.Host.ToString());
        }

        await ToolHost.UntilStoppedAsync(cancellationToken).ConfigureAwait(false);
    }

    private static int GiveUp(OpenRequests open, ServiceTally tally, TimeSpan grace, ServiceLog log)
    {
        (int requests, int pictures) = (open.Count, tally.InWork);
        log.GivenUp(grace.TotalSeconds, requests, pictures);
        tally.Tell(log);
        return requests + pictures > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    // Here and not when the server starts, to say which option is to blame.
    private static SegmentationServiceOptions Open(WebApplication app, ServeRequest request, AttentionModel model)
    {
        try
        {
            app.Services.GetRequiredService<SegmentationPool>();
            return app.Services.GetRequiredService<IOptions<SegmentationServiceOptions>>().Value;
        }
        catch (NotSupportedException problem)
        {
            throw new SetupException($"--model: {problem.Message}", problem);
        }
        catch (Exception problem)
        {
            // A missing native library or entry point shows itself as almost any exception.
            throw new SetupException(ModelFailure.Text(problem, model, request.Model.Gpu), problem);
        }
    }

    private static void Configure(SegmentationServiceOptions options, ServeRequest request, AttentionModel model)
    {
        ServiceSettings settings = request.Service;
        options.Model = model;
        options.Segmentation = AlgorithmSettings.Of(request.Mask, request.Model, model);
        options.Fit = request.Mask.Fit;
        options.GpuDeviceId = request.Model.Gpu;
        options.Threads = request.Model.Threads;
        options.Workers = settings.Workers ?? options.Workers;
        options.QueueLength = settings.Queue;
        options.Limits = settings.Limits;
        options.Timeout = settings.Timeout;
        options.UploadTimeout = settings.UploadTimeout;
    }
}
