using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Cli.Terminal;
using Spectre.Console.Testing;

namespace DiffSeg.Cli.Tests.Support;

/// <summary>Runs command lines inside the test, with a console, folder and segmenter of the test's own.</summary>
internal sealed class ToolRun(string workingDirectory)
{
    public FakeSegmenter Segmenter { get; } = new();

    /// <summary>Use the real chain instead of the fake.</summary>
    public bool Real { get; init; }

    /// <summary>What "segment" was asked, as far as it came to opening the model.</summary>
    public SegmentRequest? Request { get; private set; }

    public CancellationToken CancellationToken { get; set; } = TestContext.Current.CancellationToken;

    public async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        using TestConsole output = new TestConsole().Width(200), error = new TestConsole().Width(4096);
        var console = new ToolConsole(output, error, OutputIsTerminal: false, ErrorIsTerminal: false);
        var tool = new Tool(console, workingDirectory, new SecondsClock(), Real ? null : (model, request) =>
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
