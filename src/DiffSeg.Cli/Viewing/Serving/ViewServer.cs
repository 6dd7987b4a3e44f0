using System.Net;
using DiffSeg.Cli.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.Cli.Viewing.Serving;

/// <summary>A HTTP server that only this machine can reach.</summary>
internal sealed class ViewServer : IAsyncDisposable
{
    /// <summary>The port where none is asked for.</summary>
    public const int UsualPort = 5178;

    private readonly WebApplication _app;

    private ViewServer(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single() + "/");
    }

    /// <summary>What to type into a browser.</summary>
    public Uri Address { get; }

    /// <summary>Starts it.</summary>
    /// <param name="port">The port; null for the usual one, or a free one where that is taken.</param>
    /// <param name="answer">Answers a request, knowing the port.</param>
    /// <param name="cancellationToken">Ends the starting.</param>
    /// <exception cref="SetupException">The port cannot be had.</exception>
    public static async Task<ViewServer> StartAsync(int? port, Func<HttpContext, int, Task> answer, CancellationToken cancellationToken)
    {
        try
        {
            return await ListenAsync(port ?? UsualPort, answer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (PortRefusal.Is(problem))
        {
            if (port is not { } asked)
            {
                return await ListenAsync(0, answer, cancellationToken).ConfigureAwait(false);
            }

            throw new SetupException(
                PortRefusal.IsTaken(problem)
                    ? $"--port {asked} is taken, perhaps by another 'diffseg view'; give another one, or none to get a free one."
                    : $"--port {asked} cannot be used: {problem.GetBaseException().Message}. Give another one from 1024 to 65535, or none to get a free one.",
                problem);
        }
    }

    /// <summary>Ends it: no new requests, and those under way are cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);
        await _app.StopAsync(now.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<ViewServer> ListenAsync(int port, Func<HttpContext, int, Task> answer, CancellationToken cancellationToken)
    {
        WebApplication app = ToolHost.Create(IPAddress.Loopback, port).Build();
        try
        {
            app.Run(context => answer(context, context.Connection.LocalPort));
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return new ViewServer(app);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
