using System.Diagnostics.Metrics;
using System.Net;
using System.Runtime.CompilerServices;
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
/// <param name="stop">Tells of signals; null where nobody listens.</param>
internal sealed class SegmentationService(ToolConsole console, ModelSource source, IStopNotice? stop)
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
        stop?.KeepQuiet();
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
        await using ConfiguredAsyncDisposable application = app.ConfigureAwait(false);
        using var tally = new ServiceTally(app.Services.GetRequiredService<IMeterFactory>());
        SegmentationServiceOptions options = Open(app, request, model);
        ServiceServer server = await ServiceServer.StartAsync(app, settings, cancellationToken).ConfigureAwait(false);

        console.Output.MarkupLineInterpolated($"{server.Address} segments pictures that are posted to /segment. Ctrl+C ends it.");
        log.Started(
            server.Address, request.Model.Model, request.Model.Gpu is { } gpu ? $"GPU {gpu}" : "the CPU",
            options.Workers, options.QueueLength, ToolVersion.Text);
        if (!IPAddress.IsLoopback(settings.Host))
        {
            log.OpenToAll(settings.Host.ToString());
        }

        await ToolHost.UntilStoppedAsync(cancellationToken).ConfigureAwait(false);
        log.Stopping(server.OpenRequests, settings.Grace.TotalSeconds);
        int givenUp = await server.StopAsync(settings.Grace).ConfigureAwait(false);
        if (givenUp > 0)
        {
            log.GivenUp(givenUp, settings.Grace.TotalSeconds);
        }

        tally.Tell(log);
        return givenUp > 0 ? ExitCode.SomeFailed : ExitCode.Done;
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
