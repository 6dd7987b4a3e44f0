namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>An ablation: one setting takes several values while all others stay.</summary>
/// <param name="Axis">The setting in metrics.json and on the command line: "kl-threshold".</param>
/// <param name="Title">The setting for people: "KL threshold".</param>
/// <param name="Points">Its values in the order in which they are shown.</param>
internal sealed record Sweep(string Axis, string Title, IReadOnlyList<SweepPoint> Points);

/// <summary>A value of the setting.</summary>
/// <param name="Label">The value as text: "0.9", "only 64".</param>
/// <param name="Value">The value as a number; null for one that is none, whose sweep is then drawn without a curve.</param>
/// <param name="Run">The <see cref="EvaluationRun.Name"/> of its run; the default's is usually the main run.</param>
/// <param name="IsDefault">Whether it is the default.</param>
internal sealed record SweepPoint(string Label, double? Value, string Run, bool IsDefault);
