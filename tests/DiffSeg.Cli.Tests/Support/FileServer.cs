using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DiffSeg.Cli.Tests.Support;

/// <summary>A real HTTP server on loopback. It serves files as a model hub does, and misbehaves as told.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FileServer(WebApplication app) => _app = app;

    /// <summary>Files by their path, which begins with '/'.</summary>
    public ConcurrentDictionary<string, ServedFile> Files { get; } = [];

    /// <summary>Every request, in its order.</summary>
    public ConcurrentQueue<SeenRequest> Requests { get; } = [];

    /// <summary>Answers some requests instead of serving files; returns whether it did. Counts are those of <see cref="Requests"/>.</summary>
    public Func<HttpContext, int, Task<bool>> Misbehave { get; set; } = (_, _) => Task.FromResult(false);

    public Uri Address { get; private set; } = null!;

    /// <summary>The commit that the server says its files are of.</summary>
    public string Commit { get; set; } = "c0ffee";

    public static async Task<FileServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        var server = new FileServer(app);
        app.Run(server.ServeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    public ServedFile Serve(string path, byte[] content) => Files[path] = new ServedFile(content);

    public Uri Of(string path) => new(Address, path);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>Sends the beginning of a file and cuts the connection.</summary>
    public async Task CutAsync(HttpContext context, ServedFile file, int from, int bytes)
    {
        await SendAsync(context, file, from, bytes);
        context.Abort();
    }

    /// <summary>Sends the beginning of a file, as if the rest would follow.</summary>
    public async Task SendAsync(HttpContext context, ServedFile file, int from, int bytes)
    {
        Describe(context.Response, file, from);
        await context.Response.Body.WriteAsync(file.Content.AsMemory(from, bytes));
        await context.Response.Body.FlushAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        Requests.Enqueue(new SeenRequest(
            context.Request.Path, context.Request.Headers.Range.ToString(), context.Request.Headers.IfRange.ToString(), context.Request.Headers.Authorization.ToString(), context.Request.Host.Host));
        if (await Misbehave(context, Requests.Count))
        {
            return;
        }

        if (!Files.TryGetValue(context.Request.Path.Value!, out ServedFile? file))
        {
            context.Response.StatusCode = 404;
            return;
        }

        int from = From(context.Request, file);
        if (from >= file.Content.Length && from > 0)
        {
            context.Response.StatusCode = 416;
            context.Response.Headers.ContentRange = $"bytes */{file.Content.Length}";
            return;
        }

        Describe(context.Response, file, from);
        await context.Response.Body.WriteAsync(file.Content.AsMemory(from));
    }

    private static int From(HttpRequest request, ServedFile file)
    {
        string range = request.Headers.Range.ToString();
        string tag = request.Headers.IfRange.ToString();
        bool current = tag.Length == 0 || tag == file.ETag;
        return file.Ranges && current && range.StartsWith("bytes=", StringComparison.Ordinal)
            ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture)
            : 0;
    }

    private void Describe(HttpResponse response, ServedFile file, int from)
    {
        response.StatusCode = from > 0 ? 206 : 200;
        response.ContentLength = file.Content.Length - from;
        if (from > 0)
        {
            response.Headers.ContentRange = $"bytes {from}-{file.Content.Length - 1}/{file.Content.Length}";
        }

        if (file.ETag is { } tag)
        {
            response.Headers.ETag = tag;
        }

        if (file.LinkedHash is { } hash)
        {
            response.Headers["X-Linked-Etag"] = $"\"{hash}\"";
            response.Headers["X-Linked-Size"] = file.Content.Length.ToString(CultureInfo.InvariantCulture);
            response.Headers["X-Repo-Commit"] = Commit;
        }
    }
}

/// <summary>A file of the server.</summary>
internal sealed record ServedFile(byte[] Content)
{
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Content));

    public bool Ranges { get; init; } = true;

    public string? ETag { get; init; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(Content))[..40]}\"";

    public string? LinkedHash { get; init; } = Convert.ToHexStringLower(SHA256.HashData(Content));
}

/// <summary>What a request brought.</summary>
internal sealed record SeenRequest(string Path, string Range, string IfRange, string Authorization, string Host);
