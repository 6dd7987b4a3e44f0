using DiffSeg.Cli.Inputs;
using Spectre.Console;

namespace DiffSeg.Cli.Reporting;

/// <summary>The line that says why a picture was skipped; the same in all reporters.</summary>
internal static class FailureLine
{
    /// <summary>Writes it.</summary>
    /// <param name="error">The console of errors.</param>
    /// <param name="image">The picture.</param>
    /// <param name="reason">Why, in plain words.</param>
    public static void Write(IAnsiConsole error, InputImage image, string reason) =>
        error.MarkupLineInterpolated($"[red]skipped[/] {image.Name}: {reason}");
}
