using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Batching;

/// <summary>
/// What a scheduler is told by the real process. 130 and 143 are in <see cref="BatchProcessTests"/>, with what they leave.
/// </summary>
public sealed class ExitCodeTests : IDisposable
{
    private readonly BatchRunner _batch = new(images: 4, everyBroken: 4);

    public void Dispose() => _batch.Dispose();

    [Theory]
    [InlineData(0, 10, "--max-error-rate", "25%")]
    [InlineData(1, 11, "--max-error-rate", "24%")]
    [InlineData(2, 12, "--model", "none.onnx")]
    [InlineData(75, 9, "--min-free", "1000TB")]
    public async Task Last_event_and_exit_code_say_the_same(int expected, int lastEvent, params string[] options)
    {
        using ToolProcess process = Start([], BatchRunner.Command("out", options));
        (int code, string output, string error) = await process.FinishAsync();

        Assert.True(code == expected, error);
        Assert.Equal(lastEvent, JsonLog.Lines(error)[^1].Event);
        Assert.Equal(code is 0 or 1, output.Contains("with a mask", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wrong_option_is_2()
    {
        using ToolProcess process = Start([], BatchRunner.Command("out", "--chunk-size", "0"));
        Assert.Equal(2, (await process.FinishAsync()).Code);
    }

    [Fact]
    public async Task Bug_is_70_and_what_was_done_is_kept()
    {
        using (ToolProcess process = Start(BrokenOutput.Variables, BatchRunner.Command("out", "--max-error-rate", "1")))
        {
            (int code, _, string error) = await process.FinishAsync();
            Assert.True(code == 70, error);
            Assert.Equal((13, "This is a bug in diffseg; please report it"), JsonLog.Lines(error).Select(line => (line.Event, line.Message)).Last());
            Assert.Contains(nameof(NotImplementedException), error, StringComparison.Ordinal);
        }

        using ToolProcess verify = Start([], "batch", "verify", "out");
        Assert.Equal(0, (await verify.FinishAsync()).Code);
    }

    [Fact]
    public async Task Bug_of_a_command_without_a_log_is_70_too()
    {
        using ToolProcess process = Start(BrokenOutput.Variables, "model", "list");
        (int code, _, string error) = await process.FinishAsync();

        Assert.Equal(70, code);
        Assert.StartsWith("error: this is a bug in diffseg; please report it with the lines below.\n", error);
        Assert.Contains(nameof(NotImplementedException), error, StringComparison.Ordinal);
    }

    private ToolProcess Start(Dictionary<string, string> variables, params string[] arguments) =>
        ToolProcess.Start(_batch.Folder.Path, variables, arguments);
}
