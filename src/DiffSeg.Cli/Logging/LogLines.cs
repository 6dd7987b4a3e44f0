using DiffSeg.Cli.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace DiffSeg.Cli.Logging;

/// <summary>
/// Loggers whose lines stand on standard error when the call returns: the process may end at once after it. The lines are
/// made by the formatters of Microsoft.Extensions.Logging.Console, whose own loggers write them a little later.
/// </summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly Lock _gate = new();
    private readonly ServiceProvider _services;
    private readonly ConsoleFormatter _formatter;
    private readonly TextWriter _writer;
    private readonly LogLevel _least;

    /// <summary>Makes them.</summary>
    /// <param name="console">Its standard error is written to.</param>
    /// <param name="form">How the lines look; null for text on a terminal and JSON elsewhere.</param>
    /// <param name="least">The least level that is written.</param>
    public LogLines(ToolConsole console, LogForm? form, LogLevel least = LogLevel.Information)
    {
        _writer = console.Error.Profile.Out.Writer;
        _least = least;
        _services = new ServiceCollection()
            .AddLogging(builder => builder
                .AddJsonConsole(options => (options.UseUtcTimestamp, options.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"))
                .AddSimpleConsole(options =>
                {
                    (options.SingleLine, options.TimestampFormat) = (true, "HH:mm:ss ");
                    options.ColorBehavior = LoggerColorBehavior.Disabled;
                }))
            .BuildServiceProvider();
        LogForm chosen = form ?? (console.ErrorIsTerminal ? LogForm.Text : LogForm.Json);
        string name = chosen == LogForm.Json ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple;
        _formatter = _services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == name);
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <summary>Frees the formatters.</summary>
    public void Dispose() => _services.Dispose();

    private void Write(string line)
    {
        lock (_gate)
        {
            _writer.Write(line);
            _writer.Flush();
        }
    }

    private sealed class Logger(LogLines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= lines._least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                using var line = new StringWriter();
                lines._formatter.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter), null, line);
                lines.Write(line.ToString());
            }
        }
    }
}
