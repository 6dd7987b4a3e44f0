using System.Diagnostics.Metrics;
using System.Net;
using System.Runtime.CompilerServices;
using DiffSeg.AspNetCore;
using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Hosting;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Cli.Terminal;
using DiffSeg.Onnx;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace DiffSeg.Cli.Serving;

/// <summary>Carries out "diffseg serve".</summary>
/// <param name="console">Where to write.</param>
/// <param name="source">Finds the model.</param>
internal sealed class SegmentationService(ToolConsole console, ModelSource source)
{
    /// <summary>Serves until the user ends it.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="cancellationToken">The user's end.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">It cannot begin.</exception>
    public async Task<int> RunAsync(ServeRequest request, CancellationToken cancellationToken)
    {
        AttentionModel model = source.Load(request.Model.Model);
        ModelFit.CheckAnchors(request.Mask, model);
        ServiceSettings settings = request.Service;
        WebApplication app = ServiceApplication.Build(settings, options => Configure(options, request, model), console);
        await using ConfiguredAsyncDisposable application = app.ConfigureAwait(false);
        using var tally = new ServiceTally(app.Services.GetRequiredService<IMeterFactory>());
        Open(app, request, model);
        ServiceServer server = await ServiceServer.StartAsync(app, settings, cancellationToken).ConfigureAwait(false);

        console.Output.MarkupLineInterpolated($"{server.Address} segments pictures that are posted to /segment. Ctrl+C ends it.");
        if (!IPAddress.IsLoopback(settings.Host))
        {
            console.Error.MarkupLineInterpolated(
                $"[yellow]note:[/] it listens on {settings.Host}: everybody who reaches this machine can use it, and it asks nobody who they are.");
        }

        await ToolHost.UntilStoppedAsync(cancellationToken).ConfigureAwait(false);
        int givenUp = await server.StopAsync(settings.Grace).ConfigureAwait(false);
        console.Output.WriteLine($"Ended. {tally.Text}");
        if (givenUp == 0)
        {
            return ExitCode.Done;
        }

        console.WriteError($"--grace {settings.Grace.TotalSeconds}: requests that were given up after so many seconds: {givenUp}.");
        return ExitCode.SomeFailed;
    }

    // Here and not when the server starts, to say which option is to blame.
    private static void Open(WebApplication app, ServeRequest request, AttentionModel model)
    {
        try
        {
            app.Services.GetRequiredService<SegmentationPool>();
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
        options.Limits = new() { MaxFileBytes = settings.MaxFileBytes, MaxPixels = settings.MaxPixels };
        options.Timeout = settings.Timeout;
        options.UploadTimeout = settings.UploadTimeout;
    }
}
