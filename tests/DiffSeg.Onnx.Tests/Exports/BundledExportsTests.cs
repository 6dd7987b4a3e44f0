using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Exports;

public sealed class BundledExportsTests
{
    [Fact]
    public void They_are_files_of_the_fixtures_byte_for_byte()
    {
        string shared = Path.GetFullPath(Repository.Path("..", "shared", "fixtures"));
        Assert.SkipUnless(Directory.Exists(shared), "There is no ../shared/fixtures beside the repository.");
        string[] files = [.. Directory.EnumerateFiles(BundledExports.Folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(BundledExports.Folder, f))
            .Where(f => f != "README.md")];

        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.True(
            File.ReadAllBytes(Path.Combine(BundledExports.Folder, f)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(shared, f))), f));
    }
}
