using System.CommandLine;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "model info".</summary>
internal sealed class ModelInfoCommand
{
    private readonly Argument<string> _model = ModelArgument.Create();

    /// <summary>Makes the command.</summary>
    /// <param name="show">Shows a model and returns the exit code.</param>
    public ModelInfoCommand(Func<string, int> show)
    {
        Command.Arguments.Add(_model);
        Command.SetAction(result => show(result.GetValue(_model)!));
    }

    /// <summary>What stands at the end of its help.</summary>
    public static string Lesson => """
        Examples:
          diffseg model info demo
          diffseg model info sd15
          diffseg model info attention.onnx

        Exit codes:
          0  shown      2  no such model, or no attention model
        """;

    /// <summary>The command.</summary>
    public Command Command { get; } = new("info", "Show what an attention model is: sizes, form, threshold, files, source, licence.");
}

/// <summary>The argument that names a model.</summary>
internal static class ModelArgument
{
    /// <summary>Makes it.</summary>
    public static Argument<string> Create() => new("model")
    {
        Description = $"An ONNX file, the name of a pulled model, or {ModelSource.Demo} for the built-in model.",
        HelpName = ModelSource.HelpName,
    };
}
