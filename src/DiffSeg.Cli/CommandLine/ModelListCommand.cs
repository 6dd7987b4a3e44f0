using System.CommandLine;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "model list".</summary>
internal sealed class ModelListCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="list">Lists the models and returns the exit code.</param>
    public ModelListCommand(Func<int> list) => Command.SetAction(_ => list());

    /// <summary>What stands at the end of its help.</summary>
    public static string Lesson => """
        Pulled models are kept in the user's local application data, in DiffSeg/models; the environment variable
        DIFFSEG_HOME puts them into another folder. Deleting the files there is all it takes to be rid of them.
        """;

    /// <summary>The command.</summary>
    public Command Command { get; } = new("list", "List the models that can be pulled, and those that have been.");
}
