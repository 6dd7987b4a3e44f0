using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DiffSeg.Cli.Hosting;

/// <summary>What the tool's servers have in common.</summary>
internal static class ToolHost
{
    /// <summary>
    /// Begins an application that listens on one address. It takes no configuration but its own, no variables and no files,
    /// and leaves signals to the tool.
    /// </summary>
    /// <param name="address">The address.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    public static WebApplicationBuilder Create(IPAddress address, int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(address, port);
        });
        builder.Services.AddSingleton<IHostLifetime, ToolLifetime>();
        return builder;
    }

    /// <summary>Waits until the user ends the command.</summary>
    /// <param name="stop">The user's end.</param>
    public static async Task UntilStoppedAsync(CancellationToken stop) =>
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
