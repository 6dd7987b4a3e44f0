namespace DiffSeg.Packages.Tests.Packing;

/// <summary>
/// A user's folder outside the repository, whose package sources are the machine's, this repository's packages and
/// what eng/offline made. Packages are extracted into the folder itself; those that the repository has already
/// extracted are read from there.
/// </summary>
internal sealed class Consumer : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private Consumer(string feed, string version)
    {
        Version = version;
        Write("NuGet.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value=".packages" /></config>
              <fallbackPackageFolders><add key="repository" value="{Repository.Path(".packages")}" /></fallbackPackageFolders>
              <packageSources>
                <add key="packed" value="{feed}" />
                <add key="diffseg-offline" value="{Repository.Path("eng/offline/feed")}" />
              </packageSources>
            </configuration>
            """);
        Directory.CreateDirectory(_folder.File("photos"));
        File.Copy(Repository.Path("models/samples/chelsea.png"), _folder.File("photos/chelsea.png"));
    }

    public string Root => _folder.Path;

    /// <summary>The version of this repository's packages.</summary>
    public string Version { get; }

    public static async Task<Consumer> Of(PackedHouse house) =>
        new(await house.Feed, (await house.Open("DiffSeg.MLNet")).Version);

    public string Path(string relativePath) => _folder.File(relativePath);

    public void Write(string relativePath, string text) => _folder.Write(relativePath, text);

    /// <summary>A console project that refers to DiffSeg.MLNet and to a native ONNX Runtime, as a user's would.</summary>
    public void WriteProject(string name, string program)
    {
        Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <NoWarn>NU1603</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="DiffSeg.MLNet" Version="{Version}" />
                <PackageReference Include="{Repository.OnnxRuntimePackage}" Version="1.29.0" />
              </ItemGroup>
            </Project>
            """);
        Write($"{name}/Program.cs", program);
    }

    public Task<Outcome> Dotnet(params string[] arguments) => Tests.Dotnet.Run(Root, arguments);

    public void Dispose() => _folder.Dispose();
}
