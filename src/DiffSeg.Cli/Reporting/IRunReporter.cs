using DiffSeg.Cli.Segmenting;

namespace DiffSeg.Cli.Reporting;

/// <summary>A way to show a run while it goes on.</summary>
internal interface IRunReporter
{
    /// <summary>Shows a run from its beginning to its end.</summary>
    /// <param name="images">Number of pictures.</param>
    /// <param name="run">The run; it tells the progress it is given.</param>
    /// <returns>What the run returned.</returns>
    RunResult Watch(int images, Func<IRunProgress, RunResult> run);
}
