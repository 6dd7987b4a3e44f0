using Spectre.Console;

namespace DiffSeg.Cli.Reporting;

/// <summary>A progress bar per step, for a person at a terminal.</summary>
/// <param name="error">A console that can be redrawn; standard error, so that standard output stays clean.</param>
internal sealed class WorkBars(IAnsiConsole error) : IWorkReporter
{
    /// <inheritdoc/>
    public Task<T> WatchAsync<T>(Func<IWorkProgress, Task<T>> work) => error.Progress()
        .AutoClear(true)
        .HideCompleted(false)
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn(),
            new PercentageColumn(),
            new ByteCountColumn(),
            new RemainingTimeColumn())
        .StartAsync(context => work(new Bars(error, context)));

    private sealed class Bars(IAnsiConsole error, ProgressContext context) : IWorkProgress
    {
        public IWorkStep Begin(string name, WorkUnit unit)
        {
            ProgressTask task = context.AddTask(Markup.Escape(name));
            task.IsIndeterminate = true;
            ByteCountColumn.SetUnit(task, unit);
            return new Bar(task);
        }

        public void Say(string line) => error.WriteLine(line);
    }

    private sealed class Bar(ProgressTask task) : IWorkStep
    {
        public void At(double done, double? total)
        {
            task.IsIndeterminate = total is null;
            task.MaxValue = total ?? double.MaxValue;
            task.Value = done;
        }

        public void Complete()
        {
            task.IsIndeterminate = false;
            task.MaxValue = Math.Max(task.Value, 1);
            task.Value = task.MaxValue;
            task.StopTask();
        }
    }
}
