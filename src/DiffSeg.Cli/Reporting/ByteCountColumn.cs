using Spectre.Console;
using Spectre.Console.Rendering;

namespace DiffSeg.Cli.Reporting;

/// <summary>"1.20 of 3.20 GB, 25.0 MB/s" for a download; nothing for other steps.</summary>
internal sealed class ByteCountColumn : ProgressColumn
{
    private const string Key = "bytes";

    /// <summary>Says what a step is measured in.</summary>
    /// <param name="task">The step's bar.</param>
    /// <param name="unit">The unit.</param>
    public static void SetUnit(ProgressTask task, WorkUnit unit) => task.State.Update<bool>(Key, _ => unit == WorkUnit.Bytes);

    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.State.Get<bool>(Key) ? Amount(task.Value, task.MaxValue, task.Speed) : "");

    /// <summary>The text.</summary>
    /// <param name="done">Bytes done.</param>
    /// <param name="total">Bytes in all; <see cref="double.MaxValue"/> when nobody knows.</param>
    /// <param name="perSecond">Bytes per second; null before there is a speed.</param>
    public static string Amount(double done, double total, double? perSecond)
    {
        string all = total < long.MaxValue ? $" of {ByteSize.Text((long)total)}" : "";
        string speed = perSecond is > 0 ? $", {ByteSize.Text((long)perSecond)}/s" : "";
        return $"{ByteSize.Text((long)done)}{all}{speed}";
    }
}
