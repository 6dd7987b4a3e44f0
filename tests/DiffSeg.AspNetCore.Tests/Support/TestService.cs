using System.Net;
using System.Text.Json;
using DiffSeg.AspNetCore.Pool;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DiffSeg.AspNetCore.Tests.Support;

/// <summary>An application with DiffSeg, on a real server on loopback.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly WebApplication _app;

    private TestService(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public int Port => Client.BaseAddress!.Port;

    public SegmentationPool Pool => _app.Services.GetRequiredService<SegmentationPool>();

    public IHostApplicationLifetime Lifetime => _app.Lifetime;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts it.</summary>
    /// <param name="segmenter">Stands for the model; null for the real one.</param>
    /// <param name="configure">The settings.</param>
    /// <param name="build">What the application has besides.</param>
    /// <param name="use">What answers besides, before DiffSeg.</param>
    public static async Task<TestService> StartAsync(
        IPictureSegmenter? segmenter, Action<SegmentationServiceOptions>? configure = null, Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? use = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        if (segmenter is not null)
        {
            builder.Services.AddSingleton(segmenter);
        }

        // No time limits but a test's own: a machine may have much else to do.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Long);
        builder.Services.AddDiffSeg(options => (options.Timeout, options.UploadTimeout) = (Long, Long)).AddDiffSeg(configure);
        build?.Invoke(builder);
        WebApplication app = builder.Build();
        use?.Invoke(app);
        app.MapDiffSeg("/segment");
        app.MapDiffSegMetrics();
        app.MapHealthChecks("/live", new HealthCheckOptions { Predicate = check => check.Tags.Contains("live") });
        app.MapHealthChecks("/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
        try
        {
            await app.StartAsync(Cancellation);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new TestService(app);
    }

    /// <summary>Posts a picture.</summary>
    public Task<HttpResponseMessage> PostAsync(
        byte[] picture, string path = "/segment", string? type = "image/png", string? accept = null) =>
        SendAsync(picture, path, type, accept, Cancellation);

    /// <summary>Posts a picture, and goes when it is told to.</summary>
    public Task<HttpResponseMessage> PostUntilAsync(byte[] picture, CancellationToken leaving) =>
        SendAsync(picture, "/segment", "image/png", null, leaving);

    /// <summary>The detail of a problem, whose form is checked.</summary>
    public static async Task<string> DetailAsync(HttpResponseMessage response, int expected)
    {
        string text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True((int)response.StatusCode == expected, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        using var problem = JsonDocument.Parse(text);
        Assert.Equal(expected, problem.RootElement.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.RootElement.GetProperty("title").GetString());
        return problem.RootElement.GetProperty("detail").GetString()!;
    }

    /// <summary>Begins to end it: no new requests; over when those under way are.</summary>
    public Task StopAsync() => _app.StopAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(byte[] picture, string path, string? type, string? accept, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(picture) };
        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await Client.SendAsync(request, cancellationToken);
    }
}
