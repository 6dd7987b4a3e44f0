using System.Net;
using DiffSeg.Cli.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DiffSeg.Cli.Tests.Hosting;

public class ToolHostTests
{
    /// <summary>The host's own lifetime would swallow the second Ctrl+C, of the viewer as of the service.</summary>
    [Fact]
    public async Task Signals_are_left_to_the_tool()
    {
        await using WebApplication app = ToolHost.Create(IPAddress.Loopback, 0).Build();
        Assert.IsType<ToolLifetime>(app.Services.GetRequiredService<IHostLifetime>());
    }

    [Fact]
    public async Task Servers_say_nothing_of_themselves_and_listen_where_they_are_told()
    {
        await using WebApplication app = ToolHost.Create(IPAddress.Loopback, 0).Build();
        app.Run(_ => Task.CompletedTask);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient();

        using HttpResponseMessage answer = await client.GetAsync(app.Urls.Single(), TestContext.Current.CancellationToken);

        Assert.Equal("127.0.0.1", new Uri(app.Urls.Single()).Host);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Users_end_is_waited_for_and_no_failure()
    {
        using var stop = new CancellationTokenSource();
        Task waiting = ToolHost.UntilStoppedAsync(stop.Token);
        Assert.False(waiting.IsCompleted);

        await stop.CancelAsync();

        await waiting;
    }
}
