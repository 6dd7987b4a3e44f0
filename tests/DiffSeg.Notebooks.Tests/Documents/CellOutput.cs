namespace DiffSeg.Notebooks.Tests.Documents;

/// <summary>What running a code cell gave.</summary>
/// <param name="Text">What it wrote to the console; empty for nothing.</param>
/// <param name="Html">Its value as the notebook shows it; null where it has none.</param>
public sealed record CellOutput(string Text, string? Html)
{
    public static CellOutput Nothing { get; } = new("", null);
}
