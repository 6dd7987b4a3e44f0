using DiffSeg.Cli.Output;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Output;

public sealed class OutputFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folder_is_made_and_left_empty()
    {
        Assert.Equal(_folder["a/b"], OutputFolder.Open("a/b", _folder.Path).FullPath);

        Assert.True(Directory.Exists(_folder["a/b"]));
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void File_in_the_way_is_named()
    {
        _folder.Write("out", [1]);

        Assert.Equal("--output 'out' is a file; give a folder.", Problem("out"));
        Assert.Equal($"--output 'out/deeper/still' cannot be made a folder: '{_folder["out"]}' is a file.", Problem("out/deeper/still"));
    }

    [Fact]
    public void Folder_that_takes_no_files_is_named()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "Needs a folder that nobody can write into, whoever runs the tests.");

        Assert.StartsWith("--output '/proc/self' cannot be written into: ", Problem("/proc/self"));
    }

    private string Problem(string given) => Assert.Throws<SetupException>(() => OutputFolder.Open(given, _folder.Path)).Message;
}
