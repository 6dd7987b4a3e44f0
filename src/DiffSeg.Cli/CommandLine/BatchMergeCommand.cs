using System.CommandLine;
using DiffSeg.Cli.Batching.Asking;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "batch merge".</summary>
internal sealed class BatchMergeCommand
{
    private readonly BatchFolderOptions _options = new();

    /// <summary>Makes the command.</summary>
    /// <param name="run">Carries it out and returns the exit code.</param>
    public BatchMergeCommand(Func<BatchFolderRequest, int> run)
    {
        _options.AddTo(Command);
        Command.SetAction(result => run(_options.Read(result)));
    }

    /// <summary>What stands at the end of its help.</summary>
    public static string Lesson => """
        Adds up the records of all shards' chunks: images, failures by reason, segments. The masks are not read; to have
        every byte looked at, use 'diffseg batch verify'.

        Examples:
          diffseg batch merge out
          diffseg batch merge out --json statistics.json

        Exit codes:
          0  of all chunks    1  of those that are done, others are not yet    2  there is no batch
        """;

    /// <summary>The command.</summary>
    public Command Command { get; } = new("merge", "Add up what became of the images of all shards.");
}
