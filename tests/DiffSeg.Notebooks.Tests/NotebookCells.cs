using DiffSeg.Notebooks.Tests.Documents;
using DiffSeg.Notebooks.Tests.Twins;

namespace DiffSeg.Notebooks.Tests;

/// <summary>The cells of the repository's notebooks, from their twins.</summary>
internal static class NotebookCells
{
    private static readonly string[] Packages =
        ["#r \"nuget: DiffSeg.MLNet, 0.1.0\"", "#r \"nuget: Microsoft.ML.OnnxRuntime, 1.29.0\""];

    public static IReadOnlyList<Cell> Of(string name) =>
        TwinProgram.Cells(File.ReadAllText(Path.Combine(Repository.Notebooks, name + ".cs")), Packages);
}
