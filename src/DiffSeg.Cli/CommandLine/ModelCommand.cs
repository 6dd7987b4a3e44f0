using System.CommandLine;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "model" and what is beneath it.</summary>
internal sealed class ModelCommand
{
    private readonly Argument<string> _model = new("model")
    {
        Description = $"An ONNX file, or {ModelSource.Demo} for the built-in model.",
        HelpName = "demo|FILE",
    };

    /// <summary>Makes the commands.</summary>
    /// <param name="showInfo">Shows a model and returns the exit code.</param>
    public ModelCommand(Func<string, int> showInfo)
    {
        Info.Arguments.Add(_model);
        Info.SetAction(result => showInfo(result.GetValue(_model)!));
        Command.Subcommands.Add(Info);
    }

    /// <summary>What stands at the end of the help of "model info".</summary>
    public static string Lesson => """
        Examples:
          diffseg model info demo
          diffseg model info sd15.onnx

        Exit codes:
          0  shown      2  no such file, or no attention model
        """;

    /// <summary>The command "model".</summary>
    public Command Command { get; } = new("model", "Look at attention models.");

    /// <summary>The command "model info".</summary>
    public Command Info { get; } = new("info", "Show what an attention model is: sizes, form, threshold, source, licence.");
}
