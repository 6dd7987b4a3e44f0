using System.Reflection;

namespace DiffSeg.Packages.Tests;

/// <summary>The repository that these tests were built from, and how.</summary>
public static class Repository
{
    /// <summary>The variables that choose packages, as the build had them: null where unset.</summary>
    public static IReadOnlyDictionary<string, string?> PackageChoice { get; } =
        new[] { "OnnxRuntime", "DIFFSEG_PACKAGES", "DIFFSEG_CUDA" }.ToDictionary(name => name, name => Built(name) is { Length: > 0 } value ? value : null);

    public static string Root { get; } = Built("RepositoryRoot");

    /// <summary>The package with ONNX Runtime's native library that this repository's applications use.</summary>
    public static string OnnxRuntimePackage { get; } =
        Built("OnnxRuntime") == "Gpu" ? "Microsoft.ML.OnnxRuntime.Gpu" : "Microsoft.ML.OnnxRuntime";

    public static string Path(string relativePath) => System.IO.Path.Combine(Root, relativePath);

    private static string Built(string name) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == name).Value ?? "";
}
