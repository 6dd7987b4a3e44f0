using System.CommandLine;
using DiffSeg.Cli.Batching.Asking;

namespace DiffSeg.Cli.CommandLine;

/// <summary>Which batch to look at, and how to tell what is seen.</summary>
internal sealed class BatchFolderOptions
{
    private readonly Argument<string> _folder = new("folder")
    {
        Description = "The folder that the batch was written to.",
    };

    private readonly Option<string?> _json = new("--json")
    {
        Description = "Also write the statistics to this file, as JSON.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "Say only what is wrong.",
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_folder);
        command.Options.Add(_json);
        command.Options.Add(_quiet);
    }

    /// <summary>What was given.</summary>
    /// <param name="result">The parsed command line.</param>
    public BatchFolderRequest Read(ParseResult result) =>
        new(result.GetValue(_folder)!, result.GetValue(_json), result.GetValue(_quiet));
}
