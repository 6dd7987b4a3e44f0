namespace DiffSeg.Onnx.Tests.Support;

/// <summary>
/// The Stable Diffusion exports with small random weights: in the folder that DIFFSEG_FIXTURES names when that is set,
/// and must then exist; else in ../shared/fixtures beside the repository. Tests over them skip when there are none.
/// </summary>
internal static class Fixtures
{
    /// <summary>The only case of a theory when there is nothing to run it on.</summary>
    public const string None = "none";

    private const string Variable = "DIFFSEG_FIXTURES";

    /// <summary>The folder that holds one folder per export; null when there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Every .onnx file of every export, relative to the folder.</summary>
    public static TheoryData<string> Models =>
        Folder is null ? [None] : [.. Directory.EnumerateFiles(Folder, "*.onnx", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Folder, f)).Order(StringComparer.Ordinal)];

    /// <summary>Full path of a case; skips the test when it is <see cref="None"/>.</summary>
    public static string PathOf(string name)
    {
        Assert.SkipWhen(name == None, $"There is no ../shared/fixtures beside the repository, and {Variable} is not set.");
        return Path.Combine(Folder!, name);
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
        {
            return Directory.Exists(chosen) ? chosen : throw new DirectoryNotFoundException($"{Variable} is '{chosen}'.");
        }

        string shared = Path.GetFullPath(Repository.Path("..", "shared", "fixtures"));
        return Directory.Exists(shared) ? shared : null;
    }
}
