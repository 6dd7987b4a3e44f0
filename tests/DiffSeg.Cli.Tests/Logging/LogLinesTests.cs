using System.Text.Json;
using DiffSeg.Cli.Logging;
using DiffSeg.Cli.Terminal;
using DiffSeg.Cli.Tests.Support;
using Microsoft.Extensions.Logging;
using Spectre.Console.Testing;

namespace DiffSeg.Cli.Tests.Logging;

public sealed class LogLinesTests : IDisposable
{
    private readonly TestConsole _output = new(), _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void Each_event_is_one_line_of_json_with_its_time_level_and_what_was_thrown()
    {
        string[] lines = Log(LogForm.Json, terminal: true);

        Assert.Equal(2, lines.Length);
        (int Event, string Message, JsonElement State)[] log = JsonLog.Lines(string.Join('\n', lines));
        Assert.Equal(["[this]\nis odd", "failed"], log.Select(line => line.Message));
        Assert.Equal("this", log[0].State.GetProperty("What").GetString());
        using var last = JsonDocument.Parse(lines[1]);
        Assert.Equal("Error", last.RootElement.GetProperty("LogLevel").GetString());
        Assert.Equal("any", last.RootElement.GetProperty("Category").GetString());
        Assert.Contains("InvalidOperationException: the cause", last.RootElement.GetProperty("Exception").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void People_get_a_line_of_text_for_each_event()
    {
        string[] lines = Log(LogForm.Text, terminal: false);

        Assert.Equal(2, lines.Length);
        Assert.Matches(@"^\d\d:\d\d:\d\d warn: any\[7\] \[this\] is odd$", lines[0]);
        Assert.Matches(@"^\d\d:\d\d:\d\d fail: any\[0\] failed System.InvalidOperationException: the cause$", lines[1]);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Form_depends_on_who_reads_where_none_is_asked_for(bool terminal, bool json) =>
        Assert.Equal(json, Log(null, terminal)[0].StartsWith('{'));

    [Fact]
    public void Levels_below_the_least_are_left_out() =>
        Assert.Single(Log(LogForm.Json, terminal: false, LogLevel.Error));

    private string[] Log(LogForm? form, bool terminal, LogLevel least = LogLevel.Information)
    {
        using var provider = new LogLines(new ToolConsole(_output, _error, OutputIsTerminal: false, ErrorIsTerminal: terminal), form, least);
        ILogger logger = provider.CreateLogger("any");

        logger.LogDebug("nothing");
        logger.LogWarning(7, "[{What}]\nis odd", "this");
        logger.LogError(new InvalidOperationException("the cause"), "failed");
        Assert.False(logger.IsEnabled(LogLevel.None));

        Assert.Equal("", _output.Output);
        return [.. _error.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())];
    }
}
