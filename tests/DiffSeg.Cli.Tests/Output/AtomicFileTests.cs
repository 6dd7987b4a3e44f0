using DiffSeg.Cli.Output;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Output;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_appears_at_the_commit()
    {
        using var file = new AtomicFile(_folder["a.png"]);
        Write(file, 1);
        Assert.DoesNotContain("a.png", _folder.Files);

        file.Commit();

        Assert.Equal(["a.png"], _folder.Files);
    }

    [Fact]
    public void Without_a_commit_nothing_is_left_and_the_old_file_stays()
    {
        _folder.Write("a.png", [7]);
        using (var file = new AtomicFile(_folder["a.png"]))
        {
            Write(file, 1);
        }

        Assert.Equal(["a.png"], _folder.Files);
        Assert.Equal([7], File.ReadAllBytes(_folder["a.png"]));
    }

    [Fact]
    public void Commit_replaces_the_old_file()
    {
        _folder.Write("a.png", [7]);
        using var file = new AtomicFile(_folder["a.png"]);
        Write(file, 1);

        file.Commit();

        Assert.Equal([1], File.ReadAllBytes(_folder["a.png"]));
    }

    [Fact]
    public void Folder_in_the_way_is_named_and_nothing_is_left()
    {
        Directory.CreateDirectory(_folder["a.png"]);
        using (var file = new AtomicFile(_folder["a.png"]))
        {
            Write(file, 1);
            Assert.Contains("is a folder", Assert.Throws<IOException>(file.Commit).Message);
        }

        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void Extension_stays_for_writers_that_go_by_it() =>
        Assert.Equal(".png", Path.GetExtension(new AtomicFile(_folder["a.png"]).TemporaryPath));

    private static void Write(AtomicFile file, byte value)
    {
        using FileStream stream = file.Create();
        stream.WriteByte(value);
    }
}
