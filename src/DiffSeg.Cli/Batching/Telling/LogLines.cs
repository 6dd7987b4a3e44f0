using DiffSeg.Cli.Batching.Asking;
using DiffSeg.Cli.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace DiffSeg.Cli.Batching.Telling;

/// <summary>
/// A logger whose lines stand on standard error when the call returns: the process may end at once after it. The lines are
/// made by the formatters of Microsoft.Extensions.Logging.Console, whose own logger writes them a little later.
/// </summary>
internal sealed class LogLines : ILogger, IDisposable
{
    private readonly object _gate = new();
    private readonly ServiceProvider _services;
    private readonly ConsoleFormatter _formatter;
    private readonly TextWriter _writer;
    private readonly LogLevel _least;

    /// <summary>Makes it.</summary>
    /// <param name="console">Its standard error is written to.</param>
    /// <param name="form">How the lines look.</param>
    /// <param name="quiet">Whether only warnings and errors are written.</param>
    public LogLines(ToolConsole console, LogForm form, bool quiet)
    {
        _writer = console.Error.Profile.Out.Writer;
        _least = quiet ? LogLevel.Warning : LogLevel.Information;
        _services = new ServiceCollection()
            .AddLogging(builder => builder
                .AddJsonConsole(options => (options.UseUtcTimestamp, options.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"))
                .AddSimpleConsole(options =>
                {
                    (options.SingleLine, options.TimestampFormat) = (true, "HH:mm:ss ");
                    options.ColorBehavior = LoggerColorBehavior.Disabled;
                }))
            .BuildServiceProvider();
        string name = form == LogForm.Json ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple;
        _formatter = _services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == name);
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= _least;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        using var line = new StringWriter();
        _formatter.Write(new LogEntry<TState>(logLevel, "DiffSeg.Batch", eventId, state, exception, formatter), null, line);
        lock (_gate)
        {
            _writer.Write(line.ToString());
            _writer.Flush();
        }
    }

    /// <summary>Frees the formatters.</summary>
    public void Dispose() => _services.Dispose();
}
