using DiffSeg.Cli.Batching.Guarding;
using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Cli.Terminal;
using Spectre.Console.Testing;

namespace DiffSeg.Cli.Tests.Support;

/// <summary>Runs command lines inside the test, with a console, folder, machine and segmenter of the test's own.</summary>
internal sealed class ToolRun(string workingDirectory)
{
    public FakeSegmenter Segmenter { get; } = new();

    /// <summary>Use the real chain instead of the fake.</summary>
    public bool Real { get; init; }

    /// <summary>The environment variables; those of the test's own process are not seen.</summary>
    public Dictionary<string, string> Variables { get; } = new() { ["DIFFSEG_HOME"] = Path.Combine(workingDirectory, "home") };

    /// <summary>The machine; its variables are <see cref="Variables"/>.</summary>
    public Surroundings Surroundings { get; init; } = new();

    public TimeProvider Clock { get; init; } = new SecondsClock();

    /// <summary>What a person at the terminal answers; null when nobody is there.</summary>
    public string? Answer { get; init; }

    /// <summary>What "segment" was asked, as far as it came to opening the model.</summary>
    public SegmentRequest? Request { get; private set; }

    public CancellationToken CancellationToken { get; set; } = TestContext.Current.CancellationToken;

    public async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        using TestConsole output = new TestConsole().Width(200), error = new TestConsole().Width(4096);
        if (Answer is not null)
        {
            error.Interactive().Input.PushTextWithEnter(Answer);
        }

        var console = new ToolConsole(output, error, OutputIsTerminal: false, ErrorIsTerminal: false, CanAsk: Answer is not null);
        Surroundings surroundings = Surroundings with { Variable = Variables.GetValueOrDefault };
        if (surroundings.EndProcess == ProcessEnd.At)
        {
            // All tests would end with it, and nothing would tell which one it was.
            surroundings = surroundings with { EndProcess = code => Environment.FailFast($"'{string.Join(' ', arguments)}' ends the process with {code}.") };
        }

        var tool = new Tool(console, workingDirectory, Clock, surroundings, Real ? null : (model, request) =>
        {
            Request = request;
            return Segmenter;
        });
        int code = await new DiffSegCommandLine(tool, console).RunAsync(arguments, CancellationToken);
        return (code, Text(output), Text(error));
    }

    private static string Text(TestConsole console) => console.Output.ReplaceLineEndings("\n");

    /// <summary>A clock that advances a second at each look, so that times in texts are known.</summary>
    private sealed class SecondsClock : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds++;
    }
}
