using DiffSeg.Pictures;

namespace DiffSeg.Tests.Pictures;

public class PicturePngTests
{
    private const byte Colour = 2, Indexed = 3, WithAlpha = 6;

    [Theory]
    [InlineData(1, 1, 1, Indexed)]
    [InlineData(16, 16, 256, Indexed)]
    [InlineData(16, 17, 257, Colour)]
    [InlineData(33, 21, 5000, Colour)]
    [InlineData(2, 600, 3, Indexed)]
    public void Opaque_pixels_come_back_from_the_smallest_kind(int height, int width, int colours, byte kind)
    {
        byte[] pixels = Pixels(height, width, colours, alpha: 255);

        PngPixels read = PngPixels.Decode(Write(pixels, height, width, PixelOrder.Rgba32));

        Assert.Equal((height, width, kind), (read.Height, read.Width, read.Kind));
        Assert.Equal(pixels, read.Rgba);
    }

    [Theory]
    [InlineData(4, Indexed)]
    [InlineData(400, WithAlpha)]
    public void Alpha_is_kept(int colours, byte kind)
    {
        byte[] pixels = Pixels(20, 30, colours, alpha: 77);

        PngPixels read = PngPixels.Decode(Write(pixels, 20, 30, PixelOrder.Rgba32));

        Assert.Equal(kind, read.Kind);
        Assert.Equal(pixels, read.Rgba);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(900)]
    public void Blue_first_is_the_same_picture(int colours)
    {
        byte[] rgba = Pixels(40, 30, colours, alpha: 255);
        byte[] bgra = [.. rgba.Chunk(4).SelectMany(p => new[] { p[2], p[1], p[0], p[3] })];

        Assert.Equal(Write(rgba, 40, 30, PixelOrder.Rgba32), Write(bgra, 40, 30, PixelOrder.Bgra32));
    }

    [Fact]
    public void A_smooth_picture_is_filtered_and_so_packs_well()
    {
        byte[] pixels = [.. Enumerable.Range(0, 128 * 128).SelectMany(i => new byte[] { (byte)(i % 128), (byte)(i / 128), (byte)((i % 128) + (i / 128)), 255 })];

        Assert.True(Write(pixels, 128, 128, PixelOrder.Rgba32).Length < 128 * 128 * 3 / 40);
    }

    [Fact]
    public void Wrong_sizes_and_orders_are_named()
    {
        Assert.Contains("need 16 bytes; there are 15", Assert.Throws<ArgumentException>("pixels", () => Write(new byte[15], 2, 2, PixelOrder.Rgba32)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("height", () => Write([], 0, 2, PixelOrder.Rgba32));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => Write([], 2, 0, PixelOrder.Rgba32));
        Assert.Throws<ArgumentOutOfRangeException>("order", () => Write(new byte[4], 1, 1, (PixelOrder)9));
        Assert.Throws<ArgumentNullException>("stream", () => PicturePng.Write(null!, new byte[4], 1, 1, PixelOrder.Rgba32));
    }

    private static byte[] Write(byte[] pixels, int height, int width, PixelOrder order)
    {
        using var file = new MemoryStream();
        PicturePng.Write(file, pixels, height, width, order);
        return file.ToArray();
    }

    // Every colour occurs.
    private static byte[] Pixels(int height, int width, int colours, byte alpha) =>
    [
        .. Enumerable.Range(0, height * width).SelectMany(i =>
        {
            int colour = i % colours * 2654435 % 16777216;
            return new[] { (byte)colour, (byte)(colour >> 8), (byte)(colour >> 16), i % colours == 0 ? (byte)255 : alpha };
        }),
    ];
}
