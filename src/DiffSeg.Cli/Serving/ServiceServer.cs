using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Hosting;
using Microsoft.AspNetCore.Builder;

namespace DiffSeg.Cli.Serving;

/// <summary>Makes the application of "diffseg serve" listen.</summary>
internal static class ServiceServer
{
    /// <summary>Begins to listen.</summary>
    /// <param name="app">The application.</param>
    /// <param name="settings">Where it listens.</param>
    /// <param name="cancellationToken">Ends the starting.</param>
    /// <returns>Where it listens, as an address with a port.</returns>
    /// <exception cref="SetupException">The address or the port cannot be had.</exception>
    public static async Task<string> StartAsync(WebApplication app, ServiceSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return app.Urls.Single();
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
}
