using DiffSeg.MLNet.Tests.Support;

namespace DiffSeg.MLNet.Tests.Images;

public sealed class ImageSourceTests
{
    [Fact]
    public void Folder_gives_its_pictures_by_name()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "b.PNG", "a.jpg", "notes.txt", "c.webp" })
        {
            File.WriteAllText(folder.File(name), "");
        }

        Directory.CreateDirectory(folder.File("deeper"));
        File.WriteAllText(Path.Combine(folder.File("deeper"), "d.jpeg"), "");

        Assert.Equal(["a.jpg", "b.PNG", "c.webp"], ImageSource.FromFolder(folder.Path).Select(row => Path.GetFileName(row.ImagePath)));
        Assert.Equal(4, ImageSource.FromFolder(folder.Path, recursive: true).Count);
    }

    [Fact]
    public void Hidden_files_are_passed_over()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.jpg"), "");
        File.WriteAllText(folder.File("._a.jpg"), "");
        File.SetAttributes(folder.File("._a.jpg"), FileAttributes.Hidden);

        Assert.Equal("a.jpg", Path.GetFileName(Assert.Single(ImageSource.FromFolder(folder.Path)).ImagePath));
    }

    [Fact]
    public void Missing_folder_is_named()
    {
        var error = Assert.Throws<DirectoryNotFoundException>(() => ImageSource.FromFolder("no-such-folder"));
        Assert.Contains("'no-such-folder'", error.Message);
    }

    [Fact]
    public void File_in_place_of_a_folder_is_told()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.jpg"), "");
        var error = Assert.Throws<DirectoryNotFoundException>(() => ImageSource.FromFolder(folder.File("a.jpg")));
        Assert.Contains("FromFiles", error.Message);
    }

    [Fact]
    public void Folder_without_pictures_says_what_pictures_are()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("notes.txt"), "");
        var error = Assert.Throws<FileNotFoundException>(() => ImageSource.FromFolder(folder.Path));
        Assert.Contains(folder.Path, error.Message);
        Assert.Contains(".jpg", error.Message);
    }

    [Fact]
    public void Files_keep_their_order_and_a_missing_one_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("b.jpg"), "");
        File.WriteAllText(folder.File("a.jpg"), "");

        Assert.Equal(
            [folder.File("b.jpg"), folder.File("a.jpg")],
            ImageSource.FromFiles(folder.File("b.jpg"), folder.File("a.jpg")).Select(row => row.ImagePath));
        var error = Assert.Throws<FileNotFoundException>(() => ImageSource.FromFiles(folder.File("c.jpg")));
        Assert.Contains("c.jpg", error.Message);
        Assert.Throws<ArgumentException>(() => ImageSource.FromFiles());
    }
}
