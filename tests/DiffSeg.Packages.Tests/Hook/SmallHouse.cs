namespace DiffSeg.Packages.Tests.Hook;

/// <summary>
/// A copy of the repository's build files around one project that refers to ML.NET and ONNX Runtime, with package
/// sources of the test's choice.
/// </summary>
internal sealed class SmallHouse : IDisposable
{
    private static readonly string[] BuildFiles =
        ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "Directory.Solution.targets", "global.json", ".editorconfig"];

    private readonly TemporaryFolder _folder = new();

    /// <param name="sources">Package sources, beside the house's feed.</param>
    public SmallHouse(params string[] sources)
    {
        foreach (string file in BuildFiles)
        {
            File.Copy(Repository.Path(file), _folder.File(file));
        }

        foreach (string file in EngineeringFiles(Repository.Path("eng")))
        {
            string copy = _folder.File(Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        _folder.Write("NuGet.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value=".packages" /></config>
              <packageSources>
                <clear />
                <add key="diffseg-offline" value="eng/offline/feed" />
                {string.Concat(sources.Select((source, index) => $"<add key=\"source{index}\" value=\"{source}\" allowInsecureConnections=\"true\" />"))}
              </packageSources>
            </configuration>
            """);
        _folder.Write("src/Lib/Lib.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><NuGetAudit>false</NuGetAudit></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.ML" />
                <PackageReference Include="Microsoft.ML.ImageAnalytics" />
                <PackageReference Include="Microsoft.ML.OnnxTransformer" />
              </ItemGroup>
              <Import Project="../../eng/OnnxRuntime.props" />
            </Project>
            """);
    }

    public string Root => _folder.Path;

    public string DecisionFile => _folder.File("eng/offline/decision.txt");

    /// <summary>Restores the project with the variables that choose packages, all others of that kind unset.</summary>
    public Task<Outcome> Restore(string? packages = null, string? onnxRuntime = "Gpu", string? path = null)
    {
        var variables = new Dictionary<string, string?>
        {
            ["DIFFSEG_PACKAGES"] = packages,
            ["DIFFSEG_CUDA"] = null,
            ["OnnxRuntime"] = onnxRuntime,
            ["NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT"] = "1",
        };
        if (path is not null)
        {
            variables["PATH"] = path;
        }

        return Dotnet.Run(Root, variables, "restore", "src/Lib");
    }

    /// <summary>Whether a package lies extracted in the house, and from which source it came.</summary>
    public string? OriginOf(string id)
    {
        string folder = _folder.File(".packages/" + id.ToLowerInvariant());
        return Directory.Exists(folder)
            ? Directory.GetFiles(folder, ".nupkg.metadata", SearchOption.AllDirectories).Select(File.ReadAllText).Single()
            : null;
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> EngineeringFiles(string folder)
    {
        string[] made = ["bin", "obj", ".work"];
        return Directory.GetFiles(folder).Where(file => !file.EndsWith(".nupkg", StringComparison.Ordinal) && Path.GetFileName(file) is not ("decision.txt" or ".lock"))
            .Concat(Directory.GetDirectories(folder).Where(child => !made.Contains(Path.GetFileName(child))).SelectMany(EngineeringFiles));
    }
}
