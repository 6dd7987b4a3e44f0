using System.Reflection;
using DiffSeg.Notebooks.Tests.Documents;
using DiffSeg.Notebooks.Tests.Twins;
using DiffSeg.Packages.Tests;

namespace DiffSeg.Notebooks.Tests;

/// <summary>The repository's notebooks and their twins.</summary>
internal static class NotebookFolder
{
    private static readonly string[] Packages =
        ["#r \"nuget: DiffSeg.MLNet, 0.1.0\"", "#r \"nuget: Microsoft.ML.OnnxRuntime, 1.29.0\""];

    public static string Path { get; } = Repository.Path("notebooks");

    /// <summary>The names in order: each twin is one.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Path, "*.cs").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    /// <summary>What these tests were built as, so that what the twins need is built already.</summary>
    public static string Configuration { get; } = typeof(NotebookFolder).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == nameof(Configuration)).Value!;

    /// <summary>Skips a test where the notebook trains a model and ML.NET is this project's stand-in, which has no trainers.</summary>
    public static void SkipWithoutTrainers(string name) => Assert.SkipWhen(
        IsStandIn && File.ReadAllText(Twin(name)).Contains(".Trainers.", StringComparison.Ordinal),
        "The notebook trains a model; ML.NET is the stand-in of eng/offline here, which has no trainers.");

    private static bool IsStandIn => typeof(Microsoft.ML.MLContext).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Any(metadata => metadata is { Key: "DiffSegStandIn", Value: "true" });

    public static string Twin(string name) => System.IO.Path.Combine(Path, name + ".cs");

    public static string Notebook(string name) => System.IO.Path.Combine(Path, name + ".ipynb");

    /// <summary>The cells of a notebook, from its twin.</summary>
    public static IReadOnlyList<Cell> Cells(string name) => TwinProgram.Cells(File.ReadAllText(Twin(name)), Packages);
}
