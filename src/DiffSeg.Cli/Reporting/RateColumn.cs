using Spectre.Console;
using Spectre.Console.Rendering;

namespace DiffSeg.Cli.Reporting;

/// <summary>"2.1 images/s", or "1.4 s/image" for those that take longer.</summary>
internal sealed class RateColumn : ProgressColumn
{
    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(Rate(task.Value, task.ElapsedTime ?? TimeSpan.Zero));

    /// <summary>The text; empty before the first picture is done.</summary>
    /// <param name="done">Pictures done.</param>
    /// <param name="elapsed">Time so far.</param>
    public static string Rate(double done, TimeSpan elapsed)
    {
        if (done <= 0 || elapsed <= TimeSpan.Zero)
        {
            return "";
        }

        double perSecond = done / elapsed.TotalSeconds;
        return perSecond >= 1 ? $"{perSecond:F1} images/s" : $"{1 / perSecond:F1} s/image";
    }
}
