namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>A setting as it is shown.</summary>
/// <param name="Name">Its name: "KL threshold".</param>
/// <param name="Value">Its value as text, with the unit where it has one: "1.1".</param>
internal sealed record NamedValue(string Name, string Value);
