using System.Reflection;

namespace DiffSeg.Packages.Tests;

/// <summary>The repository that these tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!;

    public static string Path(string relativePath) => System.IO.Path.Combine(Root, relativePath);
}
