using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Output;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Cli.Terminal;
using Spectre.Console;

namespace DiffSeg.Cli.Reporting;

/// <summary>The last lines of a run: how many, how long, where to look.</summary>
internal static class RunSummary
{
    /// <summary>Writes them.</summary>
    /// <param name="console">The console.</param>
    /// <param name="result">What the run came to.</param>
    /// <param name="folder">Where the results are.</param>
    /// <param name="output">What was written.</param>
    public static void Write(ToolConsole console, RunResult result, OutputFolder folder, OutputSettings output)
    {
        if (result.Cancelled)
        {
            console.Error.MarkupLineInterpolated($"[yellow]stopped[/] after {result.Done + result.Failed} of {result.Images} images; what is written is whole.");
        }

        if (result.Failed > 0)
        {
            console.Error.MarkupLineInterpolated($"[red]{result.Failed} of {Plural.Of(result.Images, "image")} skipped[/], for the reasons above.");
        }

        if (result.Done == 0 || output.Quiet)
        {
            return;
        }

        string each = result.Done > 1 ? $" ({Duration.Text(result.Time / result.Done)} each)" : "";
        console.Output.WriteLine($"{Plural.Of(result.Done, "image")}, {Plural.Of(result.Segments, "segment")} in {Duration.Text(result.Time)}{each}.");
        string look = output.Overlay ? $"*{OutputNames.Overlay} to look at, " : "";
        string file = output.Coco ? $", all segments in {OutputNames.Coco}" : "";
        string sheet = output.ContactSheet ? $", all overlays in small on {OutputNames.ContactSheet}" : "";
        console.Output.WriteLine($"Results in {folder.FullPath}: {look}*{OutputNames.Mask} with a label per pixel{file}{sheet}.");
    }
}
