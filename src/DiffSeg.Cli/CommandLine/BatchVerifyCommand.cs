using System.CommandLine;
using DiffSeg.Cli.Batching.Asking;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "batch verify".</summary>
internal sealed class BatchVerifyCommand
{
    private readonly BatchFolderOptions _options = new();

    private readonly Option<bool> _redo = new("--redo")
    {
        Description = "Mark chunks that are damaged or do not fit as not done: the batch run again does them anew.",
    };

    /// <summary>Makes the command.</summary>
    /// <param name="run">Carries it out and returns the exit code.</param>
    public BatchVerifyCommand(Func<BatchVerifyRequest, CancellationToken, int> run)
    {
        _options.AddTo(Command);
        Command.Options.Add(_redo);
        Command.SetAction((result, cancellation) =>
            Task.FromResult(run(new BatchVerifyRequest(_options.Read(result), result.GetValue(_redo)), cancellation)));
    }

    /// <summary>What stands at the end of its help.</summary>
    public static string Lesson => """
        Reads and hashes every file, and checks that all shards together are the batch that was planned: each image has
        exactly one status row, in order, under its own name; a mask if it is ok and none if it failed; the sums are right;
        no other file is in the folder. Neither images nor model are needed.

        What is missing or cut off is done again by the batch itself. For a chunk whose bytes have changed, --redo deletes its
        record (.done) once it has been found wrong; files that are none of the batch's are left to you.

        Examples:
          diffseg batch verify out
          diffseg batch verify out --redo                        then the batch again, with the arguments that it had

        Exit codes:
          0  complete and consistent    1  not, the lines say what is wrong, whether or not --redo has marked chunks
          2  there is no batch, or it cannot be read, or --redo cannot mark
        """;

    /// <summary>The command.</summary>
    public Command Command { get; } = new("verify", "Prove that a batch is complete, each image exactly once, and its files undamaged.");
}
