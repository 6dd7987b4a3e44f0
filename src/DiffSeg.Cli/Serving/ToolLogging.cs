using DiffSeg.Cli.Terminal;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace DiffSeg.Cli.Serving;

/// <summary>Writes what ASP.NET logs to the tool's standard error.</summary>
/// <param name="console">The console.</param>
internal sealed class ToolLogging(ToolConsole console) : ILoggerProvider
{
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
    }

    private void Write(LogLevel level, string message, Exception? problem)
    {
        lock (_gate)
        {
            string kind = level >= LogLevel.Error ? "[red]error:[/]" : "[yellow]warning:[/]";
            console.Error.MarkupLine($"{kind} {Markup.Escape(message)}");
            if (problem is not null)
            {
                console.Error.WriteLine(problem.ToString());
            }
        }
    }

    private sealed class Logger(ToolLogging logging) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                logging.Write(logLevel, formatter(state, exception), exception);
            }
        }
    }
}
