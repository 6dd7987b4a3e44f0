using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DiffSeg.Cli.Serving;

/// <summary>The application of "diffseg serve" while it listens.</summary>
internal sealed class ServiceServer
{
    private readonly WebApplication _app;

    private ServiceServer(WebApplication app)
    {
        _app = app;
        Address = app.Urls.Single();
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>Requests that have come and are not answered.</summary>
    public int OpenRequests => _app.Services.GetRequiredService<OpenRequests>().Count;

    /// <summary>Begins to listen.</summary>
    /// <param name="app">The application.</param>
    /// <param name="settings">Where it listens.</param>
    /// <param name="cancellationToken">Ends the starting.</param>
    /// <exception cref="SetupException">The address or the port cannot be had.</exception>
    public static async Task<ServiceServer> StartAsync(WebApplication app, ServiceSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return new ServiceServer(app);
        }
        catch (Exception problem) when (PortRefusal.Is(problem))
        {
            throw new SetupException(
                PortRefusal.IsTaken(problem)
                    ? $"--port {settings.Port} is taken, perhaps by another 'diffseg serve'; give another one, or 0 for a free one."
                    : $"--host {settings.Host} --port {settings.Port} cannot be used: {problem.GetBaseException().Message}. Give an address of this machine and a port from 1024 to 65535.",
                problem);
        }
    }

    /// <summary>Takes no more requests, and waits for those under way.</summary>
    /// <param name="grace">How long.</param>
    /// <returns>How many were given up then.</returns>
    public async Task<int> StopAsync(TimeSpan grace)
    {
        using var now = new CancellationTokenSource();
        Task stopped = _app.StopAsync(now.Token);
        int givenUp = 0;
        if (await Task.WhenAny(stopped, Task.Delay(grace, CancellationToken.None)).ConfigureAwait(false) != stopped)
        {
            givenUp = OpenRequests;
            await now.CancelAsync().ConfigureAwait(false);
        }

        await stopped.ConfigureAwait(false);
        return givenUp;
    }
}
