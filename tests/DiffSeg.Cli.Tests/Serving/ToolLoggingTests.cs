using DiffSeg.Cli.Serving;
using DiffSeg.Cli.Terminal;
using Microsoft.Extensions.Logging;
using Spectre.Console.Testing;

namespace DiffSeg.Cli.Tests.Serving;

public class ToolLoggingTests
{
    [Fact]
    public void Log_goes_to_standard_error_with_what_was_thrown()
    {
        using TestConsole output = new(), error = new TestConsole().Width(4096);
        using ILoggerFactory factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning).AddProvider(
            new ToolLogging(new ToolConsole(output, error, OutputIsTerminal: false, ErrorIsTerminal: false))));
        ILogger logger = factory.CreateLogger("any");

        logger.LogInformation("nothing");
        logger.LogWarning("[{What}] is odd", "this");
        logger.LogError(new InvalidOperationException("the cause"), "failed");

        Assert.Equal("", output.Output);
        Assert.Equal(
            ["warning: [this] is odd", "error: failed", "System.InvalidOperationException: the cause"],
            error.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()));
    }
}
