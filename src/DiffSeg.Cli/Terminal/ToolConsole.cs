using Spectre.Console;

namespace DiffSeg.Cli.Terminal;

/// <summary>The two ends of the terminal: results go to <see cref="Output"/>, errors and the progress bar to <see cref="Error"/>.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="OutputIsTerminal">Whether a person reads standard output, rather than a file or another program.</param>
/// <param name="ErrorIsTerminal">Whether a person reads standard error, and a bar can be redrawn there.</param>
/// <param name="CanAsk">Whether a person sits at standard input and sees standard error.</param>
internal sealed record ToolConsole(IAnsiConsole Output, IAnsiConsole Error, bool OutputIsTerminal, bool ErrorIsTerminal, bool CanAsk = false)
{
    /// <summary>The console of this process. Spectre leaves colours out when NO_COLOR is set or nobody would see them.</summary>
    public static ToolConsole OfProcess()
    {
        IAnsiConsole output = Create(Console.Out), error = Create(Console.Error);
        return new ToolConsole(
            output,
            error,
            !Console.IsOutputRedirected,
            !Console.IsErrorRedirected && error.Profile.Capabilities.Interactive && error.Profile.Capabilities.Ansi,
            !Console.IsErrorRedirected && !Console.IsInputRedirected && error.Profile.Capabilities.Interactive);
    }

    /// <summary>Writes "error: ..." to standard error.</summary>
    /// <param name="message">What is wrong and what to do; plain text.</param>
    public void WriteError(string message) => Error.MarkupLineInterpolated($"[red]error:[/] {message}");

    private static IAnsiConsole Create(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });

        // In a file or a pipe there is no right margin: a line that another program reads must not be broken.
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = 4096;
        }

        return console;
    }
}
