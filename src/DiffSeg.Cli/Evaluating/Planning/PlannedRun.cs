using DiffSeg.Cli.Evaluating.Report.Results;

namespace DiffSeg.Cli.Evaluating.Planning;

/// <summary>A line of the report: a method with its settings, and what it is called.</summary>
/// <param name="Name">A name that no other run has.</param>
/// <param name="Setting">Method and settings.</param>
/// <param name="SweepOnly">Whether only a sweep asks for it.</param>
internal sealed record PlannedRun(string Name, EvalSetting Setting, bool SweepOnly);

/// <summary>All that is to be segmented with, worked out before the first picture is read.</summary>
/// <param name="Runs">Every setting once; the main run first.</param>
/// <param name="Sweeps">Which of them make up which sweep.</param>
internal sealed record EvalPlan(IReadOnlyList<PlannedRun> Runs, IReadOnlyList<Sweep> Sweeps)
{
    /// <summary>The run that classes, pictures and stages are shown of.</summary>
    public PlannedRun Main => Runs[0];
}
