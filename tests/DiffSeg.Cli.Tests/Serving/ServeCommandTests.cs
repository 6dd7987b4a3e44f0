using System.Net;
using System.Net.Sockets;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Tests.Serving;

/// <summary>How the service begins, and what keeps it from beginning.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Help_teaches_every_option()
    {
        (int code, string output, _) = await new ToolRun(_folder.Path).Run("serve", "--help");
        string words = string.Join(' ', output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(0, code);
        foreach (string part in new[]
        {
            "--host <ADDRESS>", "[default: 127.0.0.1]", "--port <N>", "[default: 5180]", "--workers <N>", "--queue <N>", "[default: 32]",
            "--max-pixels <N>", "[default: 50000000]", "--max-file-size <SIZE>", "[default: 32 MB]", "--timeout <SECONDS>", "[default: 60]",
            "--upload-timeout <SECONDS>", "[default: 30]", "--grace <SECONDS>", "[default: 25]", "-m, --model <demo|NAME|FILE>",
            "--gpu <ID>", "--log <json|text>", "--threads <N>", "--kl-threshold <NUMBER>", "--fit <pad|crop>", "--min-region <SHARE>", "--regions",
            "POST /segment/overlay", "GET /health/ready", "GET /metrics", "429 the queue is full", "taken port",
        })
        {
            Assert.Contains(part, words);
        }

        Assert.DoesNotContain("--size", words);
    }

    [Theory]
    [InlineData("--port takes a port from 1 to 65535, or 0 for a free one, not '70000'.", "--port", "70000")]
    [InlineData("--host takes an address of this machine such as 127.0.0.1, 0.0.0.0 or ::1, not 'here'.", "--host", "here")]
    [InlineData("--workers takes a number of workers from 1 to 1024, not '0'.", "--workers", "0")]
    [InlineData("--queue takes a number of pictures from 0 to 100000, not '-1'.", "--queue", "-1")]
    [InlineData("--max-file-size takes a size such as 32MB, below 2147483591 bytes, not '2GB'.", "--max-file-size", "2GB")]
    [InlineData("--max-pixels takes a number of pixels from 1, not '1e9'.", "--max-pixels", "1e9")]
    [InlineData("--timeout takes a number of seconds from 1 to 86400, not '0'.", "--timeout", "0")]
    [InlineData("--upload-timeout takes a number of seconds from 1 to 86400, not '0'.", "--upload-timeout", "0")]
    [InlineData("--grace takes a number of seconds from 0 to 86400, not '-1'.", "--grace", "-1")]
    [InlineData("--log takes json or text, not 'xml'.", "--log", "xml")]
    public async Task Wrong_command_line_is_explained(string message, params string[] options) =>
        Assert.Equal((2, "", $"error: {message}\nSee diffseg serve --help.\n"), await new ToolRun(_folder.Path).Run(["serve", .. options]));

    [Fact]
    public async Task Port_that_is_taken_is_told()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;

        Assert.Equal(
            $"--port {port} is taken, perhaps by another 'diffseg serve'; give another one, or 0 for a free one.",
            await ErrorAsync("--port", $"{port}"));
    }

    [Fact]
    public async Task Address_of_another_machine_is_told() =>
        Assert.StartsWith("--host 192.0.2.1 --port 5180 cannot be used: ", await ErrorAsync("--host", "192.0.2.1"));

    [Fact]
    public async Task No_model() =>
        Assert.StartsWith("There is no model file 'x.onnx'.", await ErrorAsync("-m", "x.onnx"));

    [Fact]
    public async Task Model_that_merges_in_its_graph_is_refused()
    {
        File.WriteAllBytes(_folder["merged.onnx"], DemoAttentionModel.Build(new FirstMerge { AnchorsPerSide = 8 }));
        string error = await ErrorAsync("-m", "merged.onnx", "--port", "0");
        Assert.StartsWith("--model: ", error);
        Assert.Contains("merges in its graph", error);
    }

    [Fact]
    public async Task More_anchors_than_the_model_has_positions() =>
        Assert.StartsWith("--anchors 65 is more than", await ErrorAsync("--anchors", "65"));

    private async Task<string> ErrorAsync(params string[] arguments)
    {
        (int code, string output, string error) = await new ToolRun(_folder.Path).Run(["serve", .. arguments]);
        Assert.Equal((2, ""), (code, output));
        (int number, string message, _) = Assert.Single(JsonLog.Lines(error));
        Assert.Equal(12, number);
        return message;
    }
}
