using DiffSeg.Onnx.Demo;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Demo;

public sealed class MaterialisedFileTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31))];

    private readonly TemporaryFolder _folder = new();
    private readonly MaterialisedFile _file = new("stem", ".bin", Content);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_appears_in_a_folder_that_did_not_exist()
    {
        string folder = _folder.File("a/b");

        string path = _file.PathIn([folder]);

        Assert.Equal(Content, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder));
    }

    [Fact]
    public void Name_changes_with_the_content()
    {
        string one = _file.PathIn([_folder.Path]);
        string other = new MaterialisedFile("stem", ".bin", [1, 2, 3]).PathIn([_folder.Path]);

        Assert.NotEqual(one, other);
        Assert.Matches("^stem-[0-9a-f]{16}\\.bin$", Path.GetFileName(one));
    }

    [Fact]
    public void An_intact_file_is_left_alone()
    {
        string path = _file.PathIn([_folder.Path]);
        var longAgo = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, longAgo);

        Assert.Equal(path, _file.PathIn([_folder.Path]));
        Assert.Equal(longAgo, File.GetLastWriteTimeUtc(path));
    }

    public static TheoryData<string, byte[]?> Damages => new()
    {
        { "removed", null },
        { "empty", [] },
        { "cut short", Content[..500] },
        { "one byte changed", [.. Content[..5000], (byte)~Content[5000], .. Content[5001..]] },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_file_is_replaced(string _, byte[]? content)
    {
        string path = _file.PathIn([_folder.Path]);
        if (content is null)
        {
            File.Delete(path);
        }
        else
        {
            File.WriteAllBytes(path, content);
        }

        Assert.Equal(path, _file.PathIn([_folder.Path]));
        Assert.Equal(Content, File.ReadAllBytes(path));
    }

    [Fact]
    public void Many_writers_at_once_leave_one_whole_file()
    {
        string[] paths = new string[16];
        Parallel.For(0, paths.Length, new ParallelOptions { MaxDegreeOfParallelism = paths.Length }, i =>
        {
            paths[i] = new MaterialisedFile("stem", ".bin", Content).PathIn([_folder.Path]);
            Assert.Equal(Content, File.ReadAllBytes(paths[i]));
        });

        Assert.Equal([Assert.Single(paths.Distinct())], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_gives_way_to_the_next()
    {
        string blocked = Blocked("blocked");

        string path = _file.PathIn([Path.Combine(blocked, "models"), _folder.File("free")]);

        Assert.Equal(_folder.File("free"), Path.GetDirectoryName(path));
    }

    [Fact]
    public void No_folder_at_all_is_an_error_that_names_each()
    {
        string first = Blocked("first"), second = Blocked("second");

        var error = Assert.Throws<AttentionModelException>(
            () => _file.PathIn([Path.Combine(first, "models"), Path.Combine(second, "models")]));

        Assert.Contains(first, error.Found);
        Assert.Contains(second, error.Found);
        Assert.Contains("writable", error.Advice);
    }

    /// <summary>A file where a folder should be: refused to everybody, root included.</summary>
    private string Blocked(string name)
    {
        string path = _folder.File(name);
        File.WriteAllText(path, "");
        return path;
    }
}
