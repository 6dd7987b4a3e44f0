using System.CommandLine;
using DiffSeg.Cli.Evaluating.Asking;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "eval merge".</summary>
internal sealed class EvalMergeCommand
{
    private readonly Argument<string[]> _folders = new("folders")
    {
        Description = "The folders that the parts were written to.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _output = EvalOutput.Create();

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "Say only what went wrong.",
    };

    /// <summary>Makes the command.</summary>
    /// <param name="run">Carries it out and returns the exit code.</param>
    public EvalMergeCommand(Func<MergeRequest, int> run)
    {
        Command.Arguments.Add(_folders);
        Command.Options.Add(_output);
        Command.Options.Add(_quiet);
        Command.SetAction(result => run(new MergeRequest(
            result.GetValue(_folders)!, result.GetValue(_output)!, result.GetValue(_quiet))));
    }

    /// <summary>What stands at the end of its help.</summary>
    public static string Lesson => """
        Examples:
          diffseg eval merge part1 part2 part3 part4 --output results    the report that one run would have given

        Neither data set nor model are needed; photos are shown in the report where they still are where they were.

        Exit codes:
          0  merged    1  merged, some images had been skipped    2  not merged, the line says why
        """;

    /// <summary>The command.</summary>
    public Command Command { get; } = new("merge", "Join the parts that 'diffseg eval --shard' has written into one report.");
}

/// <summary>The option that names the folder of results.</summary>
internal static class EvalOutput
{
    /// <summary>Makes it.</summary>
    public static Option<string> Create() => new("--output", "-o")
    {
        Description = "Folder of the results; made if it is not there.",
        HelpName = "DIR",
        Required = true,
    };
}
