using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Inputs;

public sealed class PictureFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.jpg")]
    [InlineData("a.png")]
    public void Whole_picture_has_no_problem_and_a_cut_one_has_at_every_length(string name)
    {
        byte[] whole = File.ReadAllBytes(TestPicture.SaveFields(_folder[name], 40, 30));
        Assert.Null(PictureFile.Problem(_folder[name]));

        for (int length = 4; length < whole.Length - 8; length += 7)
        {
            Assert.Contains("is cut off: the end of the", PictureFile.Problem(_folder.Write("cut", whole.AsSpan(0, length))));
        }
    }

    [Theory]
    [InlineData("a.jpg")]
    [InlineData("a.png")]
    public void What_a_program_appended_does_no_harm(string name)
    {
        byte[] whole = File.ReadAllBytes(TestPicture.SaveFields(_folder[name], 40, 30));

        Assert.Null(PictureFile.Problem(_folder.Write(name, [.. whole, .. new byte[2000]])));
    }

    [Fact]
    public void Film_behind_a_photo_does_no_harm()
    {
        byte[] whole = File.ReadAllBytes(TestPicture.SaveFields(_folder["a.jpg"], 40, 30));

        Assert.Null(PictureFile.Problem(_folder.Write("a.jpg", [.. whole, .. new byte[1 << 20]])));
    }

    [Theory]
    [InlineData((1 << 16) - 1)] // the marker's two bytes come in two reads
    [InlineData(1 << 16)]
    [InlineData((1 << 16) + 1)]
    public void End_of_a_jpeg_is_found_wherever_it_lies(int scanLength)
    {
        byte[] scan = new byte[scanLength];
        byte[] picture = [0xFF, 0xD8, 0xFF, 0xDA, .. scan[2..], 0xFF, 0xD9, .. new byte[1 << 17]];

        Assert.Null(PictureFile.Problem(_folder.Write("a.jpg", picture)));
    }

    [Fact]
    public void End_of_a_thumbnail_is_not_the_end_of_the_photo()
    {
        byte[] thumbnail = [0xFF, 0xD8, 0xFF, 0xDA, 1, 2, 3, 0xFF, 0xD9];
        byte[] cut = [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(thumbnail.Length + 2), .. thumbnail, 0xFF, 0xDA, 0, 2, 5, 6, 7];

        Assert.Equal("is cut off: the end of the JPEG is missing", PictureFile.Problem(_folder.Write("a.jpg", cut)));
        Assert.Null(PictureFile.Problem(_folder.Write("a.jpg", [.. cut, 0xFF, 0xD9])));
    }

    [Fact]
    public void Jpeg_without_a_picture_in_it_is_cut_off()
    {
        Assert.NotNull(PictureFile.Problem(_folder.Write("a.jpg", [0xFF, 0xD8, 0xFF, 0xD9])));
        Assert.NotNull(PictureFile.Problem(_folder.Write("a.jpg", [0xFF, 0xD8, 1, 2, 3, 4, 0xFF, 0xD9])));
    }

    [Theory]
    [InlineData("Hello, this is no photo.\n")]
    [InlineData("<!DOCTYPE html><title>404 \u00e9\u00e8</title>")]
    public void Text_is_named(string text) =>
        Assert.Equal("is a text, not a picture", PictureFile.Problem(_folder.Write("a.jpg", System.Text.Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Long_text_whose_head_ends_within_a_character_is_named()
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes("x" + string.Concat(Enumerable.Repeat("\u00e9", 400)));

        Assert.Equal("is a text, not a picture", PictureFile.Problem(_folder.Write("a.jpg", text)));
    }

    [Fact]
    public void Other_kinds_are_named_with_what_to_do()
    {
        Assert.Equal("is empty", PictureFile.Problem(_folder.Write("a.jpg", [])));
        Assert.Contains("TIFF", PictureFile.Problem(_folder.Write("a.jpg", [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0])));
        Assert.Contains("HEIC", PictureFile.Problem(_folder.Write("a.jpg", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0])));
        Assert.Contains("GIF", PictureFile.Problem(_folder.Write("a.gif", [.. "GIF89a"u8, 1, 0])));
    }

    [Fact]
    public void Unknown_bytes_are_left_to_the_decoder() => Assert.Null(PictureFile.Problem(_folder.Write("a.ico", [0, 0, 1, 0, 1, 0, 200])));

    [Fact]
    public void Missing_file_is_named() => Assert.Equal("is not there any more", PictureFile.Problem(_folder["gone.jpg"]));
}
