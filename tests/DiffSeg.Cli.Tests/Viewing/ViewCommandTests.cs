using System.Net;
using System.Net.Sockets;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Tests.Viewing;

/// <summary>How the viewer begins, and what keeps it from beginning.</summary>
public sealed class ViewCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public ViewCommandTests() => TestPicture.SaveFields(_folder["a.png"], 60, 40);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Help_teaches_every_option()
    {
        (int code, string output, _) = await new ToolRun(_folder.Path).Run("view", "--help");
        string words = string.Join(' ', output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(0, code);
        foreach (string part in new[]
        {
            "-r, --recursive", "--port <N>", "[default: 5178, or a free one where that is taken]", "--no-browser", "--masks <DIR>", "-m, --model <demo|NAME|FILE>", "--gpu <ID>",
            "--threads <N>", "--kl-threshold <NUMBER>", "--anchors <N>", "--refine", "--fit <pad|crop>", "--min-region <SHARE>", "--regions", "Ctrl+C ends it", "taken port",
        })
        {
            Assert.Contains(part, words);
        }

        Assert.DoesNotContain("--size", words);
    }

    [Theory]
    [InlineData("--port takes a port from 1 to 65535, not '0'.", "--port", "0")]
    [InlineData("--port takes a port from 1 to 65535, not '65536'.", "--port", "65536")]
    [InlineData("--port takes a port from 1 to 65535, not 'http'.", "--port", "http")]
    [InlineData("There is no option '--prot'. Did you mean '--port'? (For a picture of that name write './--prot'.)", "--prot", "8080")]
    public async Task Wrong_command_line_is_explained(string message, params string[] options) =>
        Assert.Equal($"error: {message}\nSee diffseg view --help.\n", await ErrorAsync(["a.png", .. options]));

    [Fact]
    public async Task Port_that_is_taken_is_told()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;

        Assert.Equal(
            $"error: --port {port} is taken, perhaps by another 'diffseg view'; give another one, or none to get a free one.\n",
            await ErrorAsync("a.png", "--port", $"{port}"));
    }

    [Fact]
    public async Task Second_viewer_gets_a_port_of_its_own_or_is_told()
    {
        await using RunningViewer first = await RunningViewer.StartAsync(_folder.Path, new FakeEncoder(), "a.png");
        await using RunningViewer second = await RunningViewer.StartAsync(_folder.Path, new FakeEncoder(), "a.png");

        Assert.NotEqual(first.Address.Port, second.Address.Port);
        Assert.StartsWith($"error: --port {first.Address.Port} is taken, perhaps by another", await ErrorAsync("a.png", "--port", $"{first.Address.Port}"));
        Assert.Equal(1, (await first.JsonAsync("/api/pictures")).GetProperty("pictures").GetArrayLength());
    }

    [Fact]
    public async Task Port_of_the_users_choice()
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        await using RunningViewer viewer = await RunningViewer.StartAsync(_folder.Path, new FakeEncoder(), "a.png", "--port", $"{port}");
        Assert.Equal(port, viewer.Address.Port);
    }

    [Fact]
    public async Task No_pictures()
    {
        Directory.CreateDirectory(_folder["empty"]);
        Assert.StartsWith("error: The folder 'empty' holds no pictures", await ErrorAsync("empty"));
        Assert.Equal("error: 'photos' does not exist.\n", await ErrorAsync("photos"));
    }

    [Fact]
    public async Task No_model()
    {
        Assert.StartsWith("error: There is no model file 'x.onnx'. Give an ONNX file, 'demo' for the built-in model", await ErrorAsync("a.png", "-m", "x.onnx"));
        Assert.StartsWith("error: The model 'sd15' is not on this machine yet; 'diffseg model pull sd15' gets it", await ErrorAsync("a.png", "-m", "sd15"));
    }

    [Fact]
    public async Task Model_that_merges_in_its_graph_is_refused()
    {
        File.WriteAllBytes(_folder["merged.onnx"], DemoAttentionModel.Build(new FirstMerge { AnchorsPerSide = 8 }));
        string error = await ErrorAsync("a.png", "-m", "merged.onnx");
        Assert.StartsWith("error: --model: ", error);
        Assert.Contains("merges in its graph", error);
    }

    [Fact]
    public async Task More_anchors_than_the_model_has_positions() =>
        Assert.StartsWith("error: --anchors 65 is more than", await ErrorAsync("a.png", "--anchors", "65"));

    [Fact]
    public async Task Masks_that_are_no_folder()
    {
        Assert.StartsWith("error: --masks 'none' does not exist", await ErrorAsync("a.png", "--masks", "none"));
        Assert.StartsWith("error: --masks 'a.png' is a file", await ErrorAsync("a.png", "--masks", "a.png"));
    }

    private async Task<string> ErrorAsync(params string[] arguments)
    {
        string[] before = _folder.Files;
        (int code, string output, string error) = await new ToolRun(_folder.Path).Run(["view", .. arguments]);
        Assert.Equal((2, ""), (code, output));
        Assert.Equal(before, _folder.Files);
        return error;
    }
}
