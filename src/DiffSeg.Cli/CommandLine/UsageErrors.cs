using System.CommandLine;
using System.CommandLine.Parsing;
using DiffSeg.Cli.Terminal;
using Spectre.Console;

namespace DiffSeg.Cli.CommandLine;

/// <summary>What is said about a command line that cannot be understood.</summary>
internal static class UsageErrors
{
    /// <summary>Writes the errors and where to read more.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="console">The console.</param>
    /// <returns>The exit code.</returns>
    public static int Write(ParseResult result, ToolConsole console)
    {
        IEnumerable<string> messages = result.UnmatchedTokens.Count > 0
            ? result.UnmatchedTokens.Select(token => Unknown(token, result.CommandResult.Command))
            : result.Errors.Select(error => error.Message);
        foreach (string message in messages.Distinct())
        {
            console.WriteError(message);
        }

        console.Error.MarkupLineInterpolated($"See [bold]{Path(result.CommandResult)} --help[/].");
        return ExitCode.Setup;
    }

    private static string Unknown(string token, Command command)
    {
        IEnumerable<string> known = token.StartsWith('-')
            ? command.Options.SelectMany(option => option.Aliases.Append(option.Name))
            : command.Subcommands.Select(sub => sub.Name);
        string kind = token.StartsWith('-') ? "option" : "command";
        return $"There is no {kind} '{token}'.{Suggestion.For(token, known)}";
    }

    private static string Path(CommandResult command) => command.Parent is CommandResult parent
        ? $"{Path(parent)} {command.Command.Name}"
        : DiffSegCommandLine.Name;
}
