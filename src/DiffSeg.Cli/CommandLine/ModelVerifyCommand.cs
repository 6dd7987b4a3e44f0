using System.CommandLine;
using DiffSeg.Cli.Verifying;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "model verify".</summary>
internal sealed class ModelVerifyCommand
{
    private readonly Argument<string> _model = ModelArgument.Create();

    private readonly Option<string?> _photo = new("--photo")
    {
        Description = "A picture to run the model on. [default: a drawn landscape]",
        HelpName = "IMAGE",
    };

    private readonly Option<int?> _gpu = GpuOption.Create();

    /// <summary>Makes the command.</summary>
    /// <param name="verify">Carries it out and returns the exit code.</param>
    public ModelVerifyCommand(Func<VerifyRequest, CancellationToken, int> verify)
    {
        Command.Arguments.Add(_model);
        Command.Options.Add(_photo);
        Command.Options.Add(_gpu);
        Command.SetAction((result, cancellation) => Task.FromResult(
            verify(new VerifyRequest(result.GetValue(_model)!, result.GetValue(_photo), result.GetValue(_gpu)), cancellation)));
    }

    /// <summary>What stands at the end of its help.</summary>
    public static string Lesson => """
        Examples:
          diffseg model verify demo
          diffseg model verify sd15 --photo cat.jpg
          diffseg model verify sd15.onnx --gpu 0

        Every value must be finite and not negative, every row of attention must sum to 1; then segments are merged.
        Time and memory are shown for each stage.

        Exit codes:
          0  good      1  it does not give attention      2  it cannot be run, the line says why
        """;

    /// <summary>The command.</summary>
    public Command Command { get; } = new("verify", "Run an attention model on a picture and check what it gives.");
}
