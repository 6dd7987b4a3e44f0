using System.CommandLine;
using DiffSeg.Cli.Logging;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The option that says how the log looks.</summary>
internal static class LogOption
{
    /// <summary>Makes it.</summary>
    public static Option<LogForm?> Create() => new("--log")
    {
        Description = "How the log on standard error looks. [default: text on a terminal, else json]",
        HelpName = "json|text",
        CustomParser = Values.Word<LogForm?>(("json", LogForm.Json), ("text", LogForm.Text)),
    };
}
