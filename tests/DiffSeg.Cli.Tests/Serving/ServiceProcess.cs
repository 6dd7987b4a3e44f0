using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Serving;

/// <summary>"diffseg serve" in a process of its own, and a client of it.</summary>
internal static class ServiceProcess
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts it at a free port.</summary>
    public static ToolProcess Start(TestFolder folder, params string[] options) =>
        ToolProcess.Start(folder.Path, new Dictionary<string, string>(), ["serve", "--port", "0", .. options]);

    /// <summary>A client, once the service listens: the first line of its output says where.</summary>
    public static async Task<HttpClient> ClientAsync(ToolProcess serving)
    {
        string? line = await serving.Process.StandardOutput.ReadLineAsync(Stop);
        Assert.True(line is not null && line.EndsWith("segments pictures that are posted to /segment. Ctrl+C ends it.", StringComparison.Ordinal), line);
        var address = new Uri(line.Split(' ')[0].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));

        // A connection for each request: one that is kept may be closed by the server just when the next request is sent.
        return new HttpClient { BaseAddress = address, DefaultRequestHeaders = { ConnectionClose = true } };
    }

    /// <summary>Asks for a mask.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, byte[] picture)
    {
        var content = new ByteArrayContent(picture) { Headers = { ContentType = new("image/png") } };
        return await client.PostAsync("/segment", content, Stop);
    }
}
