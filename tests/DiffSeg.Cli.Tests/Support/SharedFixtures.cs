namespace DiffSeg.Cli.Tests.Support;

/// <summary>The exports with small random weights beside the repository, in ../shared/fixtures.</summary>
internal static class SharedFixtures
{
    private const string Solution = "DiffSeg.MLNet.sln";

    private static readonly string? Root = Find();

    /// <summary>The full path of a file; skips the test, saying so, where the fixtures are absent.</summary>
    public static string PathOf(string name)
    {
        Assert.SkipWhen(Root is null, "There is no ../shared/fixtures beside the repository.");
        return Path.Combine(Root, name);
    }

    private static string? Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Solution)))
        {
            folder = folder.Parent;
        }

        string? fixtures = folder?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "fixtures") : null;
        return Directory.Exists(fixtures) ? fixtures : null;
    }
}
