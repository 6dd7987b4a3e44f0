using DiffSeg.Cli.Tests.Support;
using DiffSeg.Onnx;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.Cli.Tests.Pulling;

/// <summary>"diffseg model pull" of an export, from a server on loopback.</summary>
public sealed class PullTests : IAsyncLifetime
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private const string Repository = "/onnx-community/stable-diffusion-v1-5-ONNX";

    private readonly TestFolder _folder = new();
    private readonly FakeBuilder _builder = new();
    private FileServer _server = null!;
    private ToolRun _tool = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FileServer.StartAsync();
        _server.Commit = Commit;
        foreach (string revision in new[] { "main", Commit })
        {
            foreach (string file in new[] { "text_encoder/model.onnx", "vae_encoder/model.onnx", "unet/model.onnx", "unet/weights.pb" })
            {
                _server.Serve($"{Repository}/resolve/{revision}/{file}", new byte[file.Length * 1000]);
            }
        }

        _tool = Tool();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Model_is_downloaded_built_and_kept_under_its_name()
    {
        (int code, string output, string error) = await _tool.Run("model", "pull", "sd15", "--accept-licence");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal([".commit", "text_encoder/model.onnx", "unet/model.onnx", "unet/weights.pb", "vae_encoder/model.onnx"], _builder.SourceFiles);
        Assert.Equal(["home/models/sd15.lock", "home/models/sd15.onnx"], _folder.Files);
        AttentionModelOptions options = _builder.Built.Single().Options!;
        Assert.Equal((512, 512, 1.1f, null), (options.ImageWidth, options.ImageHeight, options.KlThreshold, options.Weights));
        Assert.Equal(($"onnx-community/stable-diffusion-v1-5-ONNX@{Commit}", "CreativeML-OpenRAIL-M"), (options.Source, options.License));
        Assert.Equal(
            $"""
            sd15: Stable Diffusion 1.5, the model family of the DiffSeg paper
              from     127.0.0.1, onnx-community/stable-diffusion-v1-5-ONNX at main, about 3.79 GB
              licence  CreativeML-OpenRAIL-M, https://github.com/CompVis/stable-diffusion/blob/main/LICENSE
              to       {_folder["home/models/sd15.onnx"]}
            Downloading text_encoder/model.onnx (22 kB)
              done, 22 kB in 1.00 s
            Downloading vae_encoder/model.onnx (21 kB)
              done, 21 kB in 1.00 s
            Downloading unet/model.onnx (15 kB)
              done, 15 kB in 1.00 s
            Downloading unet/weights.pb (15 kB)
              done, 15 kB in 1.00 s
            copying

            Self-attention, in the order of execution:
              1   down_blocks.0.attn1   48 x 64   8 heads

                         nodes           weights     files
              networks   4,321   1,066.0 million   3.97 GB
              model      1,234               999    342 kB

            Written: {_folder["home/models/sd15.onnx"]}, 512 x 512 pixels, none weights
            Use it with: diffseg segment PHOTOS --model sd15

            """,
            string.Join('\n', output.Split('\n').Select(line => line.TrimEnd())));
    }

    [Fact]
    public async Task Files_after_the_first_come_from_its_commit()
    {
        await _tool.Run("model", "pull", "sd15", "--accept-licence");

        string[] found = [.. _server.Requests.Select(request => request.Path).Where(_server.Files.ContainsKey)];
        Assert.Equal($"{Repository}/resolve/main/text_encoder/model.onnx", found[0]);
        Assert.Equal($"{Repository}/resolve/{Commit}/vae_encoder/model.onnx", found[1]);
        Assert.Equal(4, found.Length);
    }

    [Fact]
    public async Task Pulled_model_is_used_by_its_name_and_not_pulled_again()
    {
        await _tool.Run("model", "pull", "sd15", "--accept-licence");
        int requests = _server.Requests.Count;

        (int code, string output, _) = await Tool().Run("model", "pull", "SD15");
        Assert.Equal((0, $"'sd15' is here already: {_folder["home/models/sd15.onnx"]}\n"), (code, output));
        Assert.Equal(requests, _server.Requests.Count);

        Assert.Contains("512 x 512 pixels", (await Tool().Run("model", "info", "sd15")).Output, StringComparison.Ordinal);
        _folder.Touch("a.jpg");
        Assert.Equal(0, (await Tool().Run("segment", "a.jpg", "-m", "sd15", "-o", "out")).Code);
    }

    [Fact]
    public async Task Model_of_another_size_is_pulled_anew()
    {
        await _tool.Run("model", "pull", "sd15", "--accept-licence");

        (int code, _, _) = await Tool().Run("model", "pull", "sd15", "--accept-licence", "--size", "768x512", "--weights", "int8");

        Assert.Equal(0, code);
        AttentionModelOptions options = _builder.Built.Last().Options!;
        Assert.Equal((768, 512, WeightStorage.Int8), (options.ImageWidth, options.ImageHeight, options.Weights));
    }

    [Fact]
    public async Task Licence_is_needed_before_anything_is_downloaded()
    {
        (int code, string output, string error) = await _tool.Run("model", "pull", "sd15");

        Assert.Equal((2, ""), (code, output));
        Assert.Equal(
            """
            error: The weights of 'sd15' are under the licence CreativeML-OpenRAIL-M, which restricts what they may be used for: https://github.com/CompVis/stable-diffusion/blob/main/LICENSE
            error: Read it, and give --accept-licence to accept it.

            """,
            error);
        Assert.Empty(_server.Requests);
        Assert.Empty(_folder.Files);
    }

    [Theory]
    [InlineData("y", 0)]
    [InlineData("n", 2)]
    [InlineData("", 2)]
    public async Task Person_at_the_terminal_is_asked(string answer, int expected)
    {
        (int code, _, string error) = await Tool(answer).Run("model", "pull", "sd15");

        Assert.Equal(expected, code);
        Assert.Contains("Do you accept it?", error, StringComparison.Ordinal);
        Assert.Equal(expected == 2, error.Contains("error: The licence of 'sd15' was not accepted; nothing was downloaded.", StringComparison.Ordinal));
        Assert.Equal(expected == 2, _server.Requests.IsEmpty);
    }

    [Fact]
    public async Task Kept_export_is_built_from_again_without_the_network()
    {
        await _tool.Run("model", "pull", "sd15", "--accept-licence", "--keep-export");
        Assert.Contains("home/models/downloads/sd15/unet/weights.pb", _folder.Files);
        int requests = _server.Requests.Count;

        (int code, _, string error) = await Tool().Run("model", "pull", "sd15", "--accept-licence", "--offline", "--size", "320");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(requests, _server.Requests.Count);
        Assert.Equal($"onnx-community/stable-diffusion-v1-5-ONNX@{Commit}", _builder.Built.Last().Options!.Source);
    }

    [Theory]
    [InlineData("--offline", null)]
    [InlineData(null, "DIFFSEG_OFFLINE")]
    [InlineData(null, "HF_HUB_OFFLINE")]
    public async Task Offline_nothing_is_asked(string? option, string? variable)
    {
        if (variable is not null)
        {
            _tool.Variables[variable] = "1";
        }

        (int code, _, string error) = await _tool.Run(["model", "pull", "sd15", "--accept-licence", .. option is null ? Array.Empty<string>() : [option]]);

        Assert.Equal(2, code);
        Assert.Equal(
            $"error: 'sd15' cannot be made offline: text_encoder/model.onnx, vae_encoder/model.onnx, unet/model.onnx, unet/weights.pb are not in '{_folder["home/models/downloads/sd15"]}'. "
            + "Leave out --offline (and the variables DIFFSEG_OFFLINE and HF_HUB_OFFLINE) to download.\n",
            error);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Failed_download_is_told_and_the_next_pull_goes_on()
    {
        _server.Misbehave = (context, _) => Answer(context, context.Request.Path.Value!.EndsWith("weights.pb", StringComparison.Ordinal), 403);

        (int code, _, string error) = await _tool.Run("model", "pull", "sd15", "--accept-licence");
        Assert.Equal(1, code);
        Assert.StartsWith("error: 127.0.0.1 refuses unet/weights.pb (403). If the model is behind a licence gate, ", error, StringComparison.Ordinal);
        Assert.Equal("59 kB of about 3.79 GB downloaded", DiffSeg.Cli.Models.ModelList.State(
            DiffSeg.Cli.Models.ModelCatalogue.Default.Find("sd15")!, new DiffSeg.Cli.Models.ModelCache(_folder["home/models"])));

        _server.Misbehave = (_, _) => Task.FromResult(false);
        _server.Requests.Clear();
        (code, _, _) = await Tool().Run("model", "pull", "sd15", "--accept-licence");

        Assert.Equal(0, code);
        Assert.Equal([$"{Repository}/resolve/{Commit}/unet/weights.pb"], _server.Requests.Select(request => request.Path).Where(_server.Files.ContainsKey));
    }

    [Fact]
    public async Task Missing_file_of_the_repository_is_named()
    {
        _server.Files.TryRemove($"{Repository}/resolve/{Commit}/unet/weights.pb", out _);

        (int code, _, string error) = await _tool.Run("model", "pull", "sd15", "--accept-licence");

        Assert.Equal(1, code);
        Assert.StartsWith("error: 127.0.0.1 has no unet/weights.pb (404, ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_that_cannot_be_built_is_told_and_kept()
    {
        _builder.Failure = new AttentionModelException("unet", "self-attention", "none", "Give another export.");

        (int code, _, string error) = await _tool.Run("model", "pull", "sd15", "--accept-licence");

        Assert.Equal((1, "error: 'unet' cannot be used. Looked for self-attention; found none. Give another export.\n"), (code, error));
        Assert.Contains("home/models/downloads/sd15/unet/weights.pb", _folder.Files);
        Assert.DoesNotContain("home/models/sd15.onnx", _folder.Files);
    }

    [Fact]
    public async Task Too_little_room_is_told()
    {
        ToolRun tool = Tool(machine: new Surroundings { Builder = _builder, FreeSpace = _ => 1000 });

        (int code, string output, string error) = await tool.Run("model", "pull", "sd15", "--accept-licence", "--weights", "fp16");

        Assert.Equal(1, code);
        Assert.Contains($"Making 'sd15' takes about 5.46 GB in '{_folder["home/models"]}', and 1000 bytes are free there: it may not fit.\n", output, StringComparison.Ordinal);
        Assert.StartsWith("error: text_encoder/model.onnx needs 22 kB in ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_of_the_command_line_is_sent_and_that_of_the_environment_not_to_a_mirror()
    {
        _tool.Variables["HF_TOKEN"] = "of-the-hub";
        await _tool.Run("model", "pull", "sd15", "--accept-licence");
        Assert.All(_server.Requests, request => Assert.Equal("", request.Authorization));

        _server.Requests.Clear();
        await Tool().Run("model", "pull", "sd15", "--accept-licence", "--size", "320", "--token", "mine");
        Assert.All(_server.Requests, request => Assert.Equal("Bearer mine", request.Authorization));
    }

    [Fact]
    public async Task Two_at_once_make_it_once()
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

        Task<(int Code, string Output, string Error)> first = _tool.Run("model", "pull", "sd15", "--accept-licence");
        await begun.Task;
        var waiting = new WaitingClock();
        Task<(int Code, string Output, string Error)> second = Tool(clock: waiting).Run("model", "pull", "sd15", "--accept-licence");
        await waiting.Waited;
        go.SetResult();

        Assert.Equal(0, (await first).Code);
        waiting.Go();
        (int code, string output, _) = await second;
        Assert.Equal(0, code);
        Assert.Contains("Another diffseg is making 'sd15'; waiting for it.\nAnother diffseg has made it meanwhile: ", output, StringComparison.Ordinal);
        Assert.Single(_builder.Built);
    }

    [Theory]
    [InlineData("sd51", "There is no model 'sd51' in the catalogue. Did you mean 'sd15'? It holds sam2-hiera-tiny, sd15, sd14, sd21; other exports are built with 'diffseg model build'.")]
    [InlineData("demo", "There is no model 'demo' in the catalogue. It holds sam2-hiera-tiny, sd15, sd14, sd21; other exports are built with 'diffseg model build'.")]
    public async Task Unknown_name_is_told(string name, string message) =>
        Assert.Equal((2, "", $"error: {message}\n"), await _tool.Run("model", "pull", name));

    [Theory]
    [InlineData("--size", "500", "--size takes a side or WIDTHxHEIGHT in pixels, multiples of 64 up to 2048, such as 512 or 768x512, not '500'.")]
    [InlineData("--size", "64x64x64", "--size takes a side or WIDTHxHEIGHT in pixels, multiples of 64 up to 2048, such as 512 or 768x512, not '64x64x64'.")]
    [InlineData("--size", "0", "--size takes a side or WIDTHxHEIGHT in pixels, multiples of 64 up to 2048, such as 512 or 768x512, not '0'.")]
    [InlineData("--weights", "fp8", "--weights takes fp32 or fp16 or int8, not 'fp8'.")]
    public async Task Wrong_value_is_explained(string option, string value, string message) =>
        Assert.Equal((2, "", $"error: {message}\nSee diffseg model pull --help.\n"), await _tool.Run("model", "pull", "sd15", option, value));

    private ToolRun Tool(string? answer = null, Surroundings? machine = null, TimeProvider? clock = null)
    {
        var tool = clock is null
            ? new ToolRun(_folder.Path) { Answer = answer, Surroundings = machine ?? new Surroundings { Builder = _builder, FreeSpace = _ => long.MaxValue } }
            : new ToolRun(_folder.Path) { Answer = answer, Surroundings = machine ?? new Surroundings { Builder = _builder, FreeSpace = _ => long.MaxValue }, Clock = clock };
        tool.Variables["DIFFSEG_MIRROR"] = _server.Address.AbsoluteUri;
        return tool;
    }

    private static Task<bool> Answer(HttpContext context, bool misbehave, int status)
    {
        if (misbehave)
        {
            context.Response.StatusCode = status;
        }

        return Task.FromResult(misbehave);
    }

    /// <summary>A clock whose first wait ends when the test says so.</summary>
    private sealed class WaitingClock : TimeProvider
    {
        private readonly TaskCompletionSource _waited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Waited => _waited.Task;

        public void Go() => _go.SetResult();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _waited.TrySetResult();
            _go.Task.ContinueWith(_ => callback(state), TaskScheduler.Default);
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
