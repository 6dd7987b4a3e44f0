using System.CommandLine;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "doctor".</summary>
internal sealed class DoctorCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="examine">Examines this machine and returns the exit code.</param>
    public DoctorCommand(Func<int> examine) => Command.SetAction(_ => examine());

    /// <summary>What stands at the end of its help.</summary>
    public static string Lesson => """
        Exit codes:
          0  everything needed works      2  something needed does not; the line says what to do
        """;

    /// <summary>The command.</summary>
    public Command Command { get; } = new(
        "doctor",
        "Examine this machine: ML.NET, ONNX Runtime, GPU, processor, memory, pulled models, and a test picture through the demo model.");
}
