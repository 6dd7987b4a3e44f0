using System.Formats.Tar;
using System.IO.Compression;
using DiffSeg.Offline;

namespace DiffSeg.Packages.Tests.Decision;

public class NpmPackageTests
{
    [Theory]
    [InlineData("npm error code E404\nnpm error 404 Not Found", "lacks com.github.asus4.onnxruntime@0.4.9. Advice.")]
    [InlineData("npm error code ETARGET", "lacks com.github.asus4.onnxruntime@0.4.9. Advice.")]
    [InlineData("npm error code ENOSPC", "the disk is full")]
    [InlineData("npm error code ECONNREFUSED", "is the registry reachable (npm ping)? Advice.")]
    public void Failure_of_npm_is_explained(string output, string expected) =>
        Assert.Contains(expected, OnnxRuntimePackages.Npm.Refusal(output, "Advice."), StringComparison.Ordinal);

    [Theory]
    [InlineData("package/Runtime/Tensors/Tensor.shared.cs", "Runtime/Tensors/Tensor.shared.cs")]
    [InlineData("package/Plugins/Linux/x64/libonnxruntime.so", "Plugins/Linux/x64/libonnxruntime.so")]
    [InlineData("package/LICENSE", "LICENSE")]
    [InlineData("package/Runtime/Tensor.shared.cs.meta", null)]
    [InlineData("package/Plugins/Windows/x64/onnxruntime.dll", null)]
    [InlineData("package/Editor/OrtPostProcessBuild.cs", null)]
    [InlineData("package/Runtime/../../../outside.cs", null)]
    [InlineData("/Runtime/absolute.cs", null)]
    public void Only_the_binding_and_the_library_are_taken_from_the_archive(string name, string? place) =>
        Assert.Equal(place, OnnxRuntimePackages.Place(name));

    [Fact]
    public void Extraction_puts_files_where_the_filter_says()
    {
        using var folder = new TemporaryFolder();
        string archive = folder.File("archive.tgz");
        using (var zipped = new GZipStream(File.Create(archive), CompressionLevel.Fastest))
        using (var tar = new TarWriter(zipped))
        {
            foreach (string name in new[] { "package/a/wanted.txt", "package/unwanted.txt" })
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream([1, 2, 3]) });
            }
        }

        NpmPackage.Extract(archive, folder.File("out"), name => name.EndsWith("/wanted.txt", StringComparison.Ordinal) ? "b/wanted.txt" : null);

        Assert.Equal(["b/wanted.txt"], Directory.GetFiles(folder.File("out"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder.File("out"), file).Replace('\\', '/')));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(folder.File("out/b/wanted.txt")));
    }
}
