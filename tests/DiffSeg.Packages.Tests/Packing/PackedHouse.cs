using DiffSeg.Packages.Tests.Packing;

[assembly: AssemblyFixture(typeof(PackedHouse))]

namespace DiffSeg.Packages.Tests.Packing;

/// <summary>This repository's packages, packed once for all tests that ask for them.</summary>
public sealed class PackedHouse : IDisposable
{
    public static readonly string[] Ids = ["DiffSeg", "DiffSeg.Batches", "DiffSeg.Onnx", "DiffSeg.MLNet", "DiffSeg.AspNetCore", "DiffSeg.Cli"];

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task<string>> _feed;

    public PackedHouse() => _feed = new(Pack);

    /// <summary>The folder with the packages.</summary>
    public Task<string> Feed => _feed.Value;

    public async Task<PackageContent> Open(string id) => PackageContent.Open(
        Directory.GetFiles(await Feed, id + ".*.nupkg").Single(file => char.IsAsciiDigit(Path.GetFileName(file)[id.Length + 1])));

    public void Dispose() => _folder.Dispose();

    private async Task<string> Pack()
    {
        string feed = _folder.File("feed");
        // The tool brings all others along, built once, outside the repository's own output folders.
        foreach (string id in Ids.Reverse())
        {
            (await Dotnet.Run(Repository.Root, Repository.PackageChoice,
                "pack", "src/" + id, "--artifacts-path", _folder.File("build"), "--output", feed)).Succeeded();
        }

        return feed;
    }
}
