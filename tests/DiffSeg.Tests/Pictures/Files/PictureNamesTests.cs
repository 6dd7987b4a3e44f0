using System.Diagnostics;
using DiffSeg.Pictures;
using DiffSeg.Tests.DataSets;

namespace DiffSeg.Tests.Pictures.Files;

/// <summary>Names under which there is no picture to be had. No text holds a path.</summary>
public sealed class PictureNamesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a b %20 ü #ß' \"&.png")]
    [InlineData("new\nline.png")]
    [InlineData(" -leading.png")]
    [InlineData("日本の猫🐈.png")]
    [InlineData("ending.in.dots...")]
    public void Odd_names_are_names(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rules for names.");
        Assert.Null(PictureFile.Problem(_folder.Write(name, SamplePictures.All["interlaced.png"])));
    }

    [Fact]
    public void Missing_file_is_told()
    {
        Assert.Equal(new(PictureFault.Missing, "is not there"), PictureFile.Problem(_folder["gone.jpg"]));
        Assert.Equal(new(PictureFault.Missing, "is not there"), PictureFile.Problem(_folder["no-folder/gone.jpg"]));
    }

    [Fact]
    public void Folder_is_told()
    {
        Directory.CreateDirectory(_folder["photos.jpg"]);
        Assert.Equal(new(PictureFault.Denied, "is a folder, not a picture"), PictureFile.Problem(_folder["photos.jpg"]));
    }

    [Fact]
    public void Names_that_no_file_can_have_are_told()
    {
        Assert.Equal(PictureFault.Denied, PictureFile.Problem("")?.Fault);
        Assert.Equal(new(PictureFault.Denied, "has a name that no file can have"), PictureFile.Problem("a\0b.jpg"));
        Assert.Equal(PictureFault.Denied, PictureFile.Problem(_folder[new string('x', 5000)])?.Fault);
    }

    [Fact]
    public void Links_are_followed_to_their_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there that few have.");
        string picture = _folder.Write("a.png", SamplePictures.All["interlaced.png"]);
        File.CreateSymbolicLink(_folder["to-picture"], picture);
        File.CreateSymbolicLink(_folder["to-link"], _folder["to-picture"]);
        File.CreateSymbolicLink(_folder["to-nothing"], _folder["nothing"]);
        File.CreateSymbolicLink(_folder["to-itself"], _folder["to-itself"]);

        Assert.Null(PictureFile.Problem(_folder["to-link"]));
        Assert.Equal(new(PictureFault.Missing, "is not there"), PictureFile.Problem(_folder["to-nothing"]));
        Assert.Equal(new(PictureFault.Denied, "is a link that leads nowhere"), PictureFile.Problem(_folder["to-itself"]));
    }

    [Fact]
    public void Pipe_is_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes have no names in folders there.");
        using Process made = Process.Start("mkfifo", _folder["pipe.jpg"]);
        made.WaitForExit();
        File.CreateSymbolicLink(_folder["to-pipe"], _folder["pipe.jpg"]);

        Assert.Equal(PictureFault.Empty, PictureFile.Problem(_folder["pipe.jpg"])?.Fault);
        Assert.Equal(PictureFault.Empty, PictureFile.Problem(_folder["to-pipe"])?.Fault);
    }

    [Fact]
    public void File_without_permission_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other permissions.");
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "The super-user may read every file.");
        string picture = _folder.Write("a.png", SamplePictures.All["interlaced.png"]);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(picture, UnixFileMode.None);
        }

        Assert.Equal(new(PictureFault.Denied, "may not be read: permission is denied"), PictureFile.Problem(picture));
    }
}
