namespace DiffSeg.Offline;

/// <summary>The places of the repository that take part.</summary>
internal sealed class House(string root)
{
    public string Root { get; } = Path.GetFullPath(root);

    public string Offline => Path.Combine(Root, "eng", "offline");

    /// <summary>The folder feed that NuGet.config names.</summary>
    public string Feed => Path.Combine(Offline, "feed");

    /// <summary>Where NuGet.config keeps extracted packages.</summary>
    public string Packages => Path.Combine(Root, ".packages");

    public string DecisionFile => Path.Combine(Offline, "decision.txt");

    public string LockFile => Path.Combine(Offline, ".lock");

    /// <summary>Folders of builds under way, one each.</summary>
    public string Works => Path.Combine(Offline, ".work");

    public string StandIn => Path.Combine(Offline, "standin");

    public string OnnxRuntime => Path.Combine(Offline, "onnxruntime");

    public Decision? ReadDecision() =>
        File.Exists(DecisionFile) ? Decision.Read(File.ReadAllText(DecisionFile)) : null;

    /// <summary>The decision, if it still answers the wish and the feed still holds what was made for it.</summary>
    public Decision? DecisionFor(Wish wish) =>
        ReadDecision() is { } decision && decision.Wish == wish.Line && decision.FeedCount == FeedPackages().Length
            ? decision
            : null;

    public string[] FeedPackages() => Directory.Exists(Feed) ? Directory.GetFiles(Feed, "*.nupkg") : [];

    /// <summary>Written beside and renamed: the file is whole or not there.</summary>
    public void WriteDecision(Decision decision, string work)
    {
        string draft = Path.Combine(work, "decision.txt");
        File.WriteAllText(draft, decision.Write());
        File.Move(draft, DecisionFile, overwrite: true);
    }

    /// <summary>The build outputs of the house's projects: what was compiled against the packages.</summary>
    public IEnumerable<string> BuildOutputs() =>
        from area in new[] { "src", "tests", "notebooks" }
        let folder = Path.Combine(Root, area)
        where Directory.Exists(folder)
        from project in Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories)
        from output in new[] { "bin", "obj" }
        let path = Path.Combine(Path.GetDirectoryName(project)!, output)
        where Directory.Exists(path)
        select path;
}
