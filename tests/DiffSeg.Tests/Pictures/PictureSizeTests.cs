using DiffSeg.Pictures;
using DiffSeg.Tests.DataSets;

namespace DiffSeg.Tests.Pictures;

public sealed class PictureSizeTests : IDisposable
{
    // Start, a comment, a table of Huffman codes, a byte of filling, the frame header of a progressive picture.
    private static readonly byte[] Jpeg =
    [
        0xFF, 0xD8, 0xFF, 0xFE, 0, 4, 1, 2, 0xFF, 0xC4, 0, 3, 0, 0xFF, 0xFF, 0xC2, 0, 17, 8, 1, 0xAB, 2, 0x80, 3, 0, 0,
    ];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Headers_of_jpeg_and_png_tell_it()
    {
        Assert.Equal((427, 640), PictureSize.Of(_folder.Write("a.jpg", Jpeg)));
        Assert.Equal((2, 3), PictureSize.Of(_folder.WritePng("a.png", 2, 3, 0, new byte[6])));
    }

    [Fact]
    public void Other_files_and_damaged_ones_tell_none()
    {
        Assert.Null(PictureSize.Of(_folder["none.jpg"]));
        Assert.Null(PictureSize.Of(_folder.Write("a.bmp", "BM and so on, long enough for a header"u8.ToArray())));
        for (int length = 0; length < Jpeg.Length - 3; length++)
        {
            Assert.Null(PictureSize.Of(_folder.Write("a.jpg", Jpeg[..length])));
        }

        byte[] later = [.. Jpeg];
        (later[19], later[20]) = (0, 0);
        Assert.Null(PictureSize.Of(_folder.Write("a.jpg", later)));
    }
}
