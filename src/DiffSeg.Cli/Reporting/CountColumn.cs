using Spectre.Console;
using Spectre.Console.Rendering;

namespace DiffSeg.Cli.Reporting;

/// <summary>"3/12": pictures done of all.</summary>
internal sealed class CountColumn : ProgressColumn
{
    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text($"{task.Value:F0}/{task.MaxValue:F0}");
}
