using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Segmenting;
using Spectre.Console;

namespace DiffSeg.Cli.Reporting;

/// <summary>A progress bar with rate and remaining time, for a person at a terminal. Skipped pictures are listed above it.</summary>
/// <param name="error">A console that can be redrawn; standard error, so that standard output stays clean.</param>
internal sealed class LiveReporter(IAnsiConsole error) : IRunReporter
{
    /// <inheritdoc/>
    public RunResult Watch(int images, Func<IRunProgress, RunResult> run) => error.Progress()
        .AutoClear(true)
        .HideCompleted(false)
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn(),
            new CountColumn(),
            new RateColumn(),
            new RemainingTimeColumn())
        .Start(context => run(new Bar(error, context.AddTask("Segmenting", maxValue: images))));

    private sealed class Bar(IAnsiConsole error, ProgressTask task) : IRunProgress
    {
        public void Done(ImageResult result) => task.Increment(1);

        public void Failed(InputImage image, string reason)
        {
            FailureLine.Write(error, image, reason);
            task.Increment(1);
        }
    }
}
