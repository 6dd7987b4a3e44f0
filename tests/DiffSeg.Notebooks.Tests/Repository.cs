using System.Reflection;

namespace DiffSeg.Notebooks.Tests;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Built("RepositoryRoot");

    public static string Configuration { get; } = Built("Configuration");

    public static string Notebooks => System.IO.Path.Combine(Root, "notebooks");

    /// <summary>The notebooks by name, in order: each twin is one.</summary>
    public static IReadOnlyList<string> NotebookNames { get; } =
        [.. Directory.GetFiles(Notebooks, "*.cs").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    public static string Path(string relativePath) => System.IO.Path.Combine(Root, relativePath);

    private static string Built(string name) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == name).Value ?? "";
}
