using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Pulling;

/// <summary>"diffseg model pull" by real processes, which build real models from an export with small random weights.</summary>
public sealed class PullProcessTests : IAsyncLifetime
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private const string Repository = "/onnx-community/stable-diffusion-v1-5-ONNX/resolve";
    private const string Weights = $"{Repository}/{Commit}/unet/weights.pb";
    private static readonly string[] Pull = ["model", "pull", "sd15", "--accept-licence", "--size", "128"];

    private readonly TestFolder _folder = new();
    private readonly Dictionary<string, string> _variables;
    private FileServer _server = null!;

    public PullProcessTests() => _variables = new Dictionary<string, string>
    {
        ["DIFFSEG_HOME"] = _folder["home"],
        ["HF_TOKEN"] = "secret",
        ["NO_PROXY"] = "",
    };

    public async ValueTask InitializeAsync()
    {
        _server = await FileServer.StartAsync();
        _server.Commit = Commit;
        _variables["DIFFSEG_MIRROR"] = _server.Address.AbsoluteUri;

        // An export as the repository has it: the old script's names, and weights in a file of their own.
        foreach ((string name, string fixture) in new[]
        {
            ("text_encoder/model.onnx", "sd1x-tiny/text_encoder/model.onnx"),
            ("vae_encoder/model.onnx", "sd1x-tiny-legacy06/vae_encoder/model.onnx"),
            ("unet/model.onnx", "sd1x-tiny-legacy06/unet/model.onnx"),
            ("unet/weights.pb", "sd1x-tiny-legacy06/unet/weights.pb"),
        })
        {
            byte[] content = File.ReadAllBytes(SharedFixtures.PathOf(fixture));
            _server.Serve($"{Repository}/main/{name}", content);
            _server.Serve($"{Repository}/{Commit}/{name}", content);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Pulled_model_is_built_verified_and_segments()
    {
        (int code, string output, string error) = await Finish(Pull);
        Assert.True(code == 0, output + error);
        Assert.Matches(@"(?m)^ +16 +\S+ +16 x 16 +8 heads", output);
        Assert.Equal(["home/models/sd15.lock", "home/models/sd15.onnx"], _folder.Files);

        (code, output, error) = await Finish("model", "info", "sd15");
        Assert.True(code == 0, output + error);
        Assert.Contains("128 x 128 pixels", output, StringComparison.Ordinal);
        Assert.Contains($"onnx-community/stable-diffusion-v1-5-ONNX@{Commit}", output, StringComparison.Ordinal);
        Assert.Contains("CreativeML-OpenRAIL-M", output, StringComparison.Ordinal);

        (code, output, error) = await Finish("model", "verify", "sd15");
        Assert.True(code == 0, output + error);

        TestPicture.SaveFields(_folder["a.png"], 60, 40);
        (code, output, error) = await Finish("segment", "a.png", "--model", "sd15");
        Assert.True(code == 0, output + error);
    }

    [Fact]
    public async Task Killed_process_loses_nothing_that_had_arrived()
    {
        ServedFile weights = _server.Files[Weights];
        int half = weights.Content.Length / 2;
        var killed = new TaskCompletionSource();
        _server.Misbehave = async (context, _) =>
        {
            if (context.Request.Path.Value != Weights || killed.Task.IsCompleted)
            {
                return false;
            }

            await _server.SendAsync(context, weights, 0, half);
            await killed.Task;
            context.Abort();
            return true;
        };

        using (ToolProcess process = ToolProcess.Start(_folder.Path, _variables, Pull))
        {
            await Arrived(_folder["home/models/downloads/sd15/unet"], "weights.pb.part", half);

            process.Process.Kill();
            await process.FinishAsync();
            killed.SetResult();
        }

        _server.Requests.Clear();
        (int code, string output, string error) = await Finish(Pull);

        Assert.True(code == 0, output + error);
        Assert.Contains($"Downloading unet/weights.pb (3.", output, StringComparison.Ordinal);
        Assert.Contains("are here already)", output, StringComparison.Ordinal);
        Assert.Equal($"bytes={half}-", _server.Requests.Single(request => request.Path == Weights).Range);
        Assert.DoesNotContain(_server.Requests, request => request.Path.EndsWith("vae_encoder/model.onnx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_processes_at_once_make_it_once()
    {
        var begun = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        _server.Misbehave = async (_, number) =>
        {
            if (number == 1)
            {
                begun.SetResult();
                await go.Task;
            }

            return false;
        };
        using ToolProcess first = ToolProcess.Start(_folder.Path, _variables, Pull);
        await begun.Task;
        using ToolProcess second = ToolProcess.Start(_folder.Path, _variables, Pull);
        Assert.True(await second.SaysAsync("Another diffseg is making 'sd15'; waiting for it."));

        go.SetResult();
        (int code, string output, string error) = await first.FinishAsync();
        Assert.True(code == 0, output + error);
        (code, output, error) = await second.FinishAsync();
        Assert.True(code == 0, output + error);

        Assert.Contains("Another diffseg has made it meanwhile: ", output, StringComparison.Ordinal);
        Assert.Single(_server.Requests, request => request.Path == Weights);
    }

    [Fact]
    public async Task Proxy_of_the_environment_is_used()
    {
        // As a proxy the server gets whole addresses; the name exists nowhere.
        _variables["DIFFSEG_MIRROR"] = "http://hub.invalid";
        _variables["http_proxy"] = _server.Address.AbsoluteUri;

        (int code, string output, string error) = await Finish(Pull);

        Assert.True(code == 0, output + error);
        Assert.All(_server.Requests, request => Assert.Equal(("hub.invalid", ""), (request.Host, request.Authorization)));
    }

    [Fact]
    public async Task Signal_stops_the_download_and_keeps_what_has_arrived()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent the Unix way.");
        ServedFile weights = _server.Files[Weights];
        _server.Misbehave = async (context, _) =>
        {
            if (context.Request.Path.Value != Weights)
            {
                return false;
            }

            await _server.SendAsync(context, weights, 0, 100_000);
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        using ToolProcess process = ToolProcess.Start(_folder.Path, _variables, Pull);
        Assert.True(await process.SaysAsync("Downloading unet/weights.pb"));

        Assert.Equal(0, ProcessTests.Kill(process.Process.Id, ProcessTests.Terminate));
        (int code, _, string error) = await process.FinishAsync();

        Assert.Equal((130, "Stopping as soon as nothing is left half-done; press Ctrl+C again to stop at once.\n"), (code, error));
        Assert.Contains("home/models/downloads/sd15/unet/weights.pb.part", _folder.Files);
        Assert.DoesNotContain("home/models/sd15.onnx", _folder.Files);
    }

    private static async Task Arrived(string folder, string name, long bytes)
    {
        Directory.CreateDirectory(folder);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(folder, name) { NotifyFilter = NotifyFilters.Size | NotifyFilters.FileName };
        watcher.Created += (_, _) => Look();
        watcher.Changed += (_, _) => Look();
        watcher.EnableRaisingEvents = true;
        Look();
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);

        void Look()
        {
            if (new FileInfo(Path.Combine(folder, name)) is { Exists: true } file && file.Length >= bytes)
            {
                arrived.TrySetResult();
            }
        }
    }

    private async Task<(int Code, string Output, string Error)> Finish(params string[] arguments)
    {
        using ToolProcess process = ToolProcess.Start(_folder.Path, _variables, arguments);
        return await process.FinishAsync();
    }
}
