using System.Net;
using System.Text.Json;
using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Terminal;
using DiffSeg.Cli.Viewing.Encoded;
using Spectre.Console.Testing;

namespace DiffSeg.Cli.Tests.Viewing;

/// <summary>"diffseg view" inside the test, with a client that talks to it over loopback.</summary>
internal sealed class RunningViewer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly TestConsole _output = new TestConsole().Width(4096);
    private readonly TestConsole _error = new TestConsole().Width(4096);
    private Task<int> _run = Task.FromResult(0);

    private RunningViewer()
    {
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Follows no redirects and keeps paths as they are given.</summary>
    public HttpClient Client { get; private set; } = null!;

    public string Output => _output.Output;

    public string Error => _error.Output;

    /// <summary>Starts it, and waits until it opens "the browser".</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="encoder">Stands for the model; null for the real demo model.</param>
    /// <param name="arguments">What follows "view".</param>
    public static async Task<RunningViewer> StartAsync(string folder, IPictureEncoder? encoder, params string[] arguments)
    {
        var viewer = new RunningViewer();
        var opened = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var console = new ToolConsole(viewer._output, viewer._error, OutputIsTerminal: true, ErrorIsTerminal: false);
        var tool = new Tool(
            console, folder, TimeProvider.System, new Surroundings { OpenBrowser = opened.SetResult }, makeSegmenter: null,
            encoder is null ? null : (_, _) => encoder);
        viewer._run = new DiffSegCommandLine(tool, console).RunAsync(["view", .. arguments], viewer._stop.Token);
        if (await Task.WhenAny(opened.Task, viewer._run) == viewer._run)
        {
            Assert.Fail($"The viewer ended with {await viewer._run}: {viewer.Error}");
        }

        viewer.Address = await opened.Task;
        viewer.Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None })
        {
            BaseAddress = viewer.Address,
        };
        return viewer;
    }

    public async Task<JsonElement> JsonAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using HttpResponseMessage response = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<string> ProblemAsync(string path, HttpStatusCode expected) =>
        (await JsonAsync(path, expected)).GetProperty("error").GetString()!;

    /// <summary>Ends it as Ctrl+C does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _stop.CancelAsync();
        return await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Client.Dispose();
        _stop.Dispose();
        _output.Dispose();
        _error.Dispose();
    }
}
