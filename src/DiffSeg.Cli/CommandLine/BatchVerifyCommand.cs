using System.CommandLine;
using DiffSeg.Cli.Batching.Asking;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "batch verify".</summary>
internal sealed class BatchVerifyCommand
{
    private readonly BatchFolderOptions _options = new();

    /// <summary>Makes the command.</summary>
    /// <param name="run">Carries it out and returns the exit code.</param>
    public BatchVerifyCommand(Func<BatchFolderRequest, CancellationToken, int> run)
    {
        _options.AddTo(Command);
        Command.SetAction((result, cancellation) => Task.FromResult(run(_options.Read(result), cancellation)));
    }

    /// <summary>What stands at the end of its help.</summary>
    public static string Lesson => """
        Reads and hashes every file, and checks that all shards together are the batch that was planned: each image has
        exactly one status row, in order, under its own name; a mask if it is ok and none if it failed; the sums are right;
        no other file is in the folder. Neither images nor model are needed.

        Example:
          diffseg batch verify out

        Exit codes:
          0  complete and consistent    1  not, the lines say what is wrong    2  there is no batch
        """;

    /// <summary>The command.</summary>
    public Command Command { get; } = new("verify", "Prove that a batch is complete, each image exactly once, and its files undamaged.");
}
