using DiffSeg.Pictures;
using DiffSeg.Pictures.Drawing;

namespace DiffSeg.Tests.Pictures.Drawing;

public class PictureScalingTests
{
    [Theory]
    [InlineData(PixelOrder.Rgba32)]
    [InlineData(PixelOrder.Bgra32)]
    public void The_same_size_is_the_same_picture(PixelOrder order)
    {
        byte[] pixels = new byte[4 * 7 * 5];
        new Random(1).NextBytes(pixels);

        Raster same = PictureScaling.Scale(new Picture(pixels, 7, 5, order), 7, 5);

        (int red, int blue) = order == PixelOrder.Rgba32 ? (0, 2) : (2, 0);
        Assert.Equal([.. pixels.Chunk(4).SelectMany(p => new[] { p[red], p[1], p[blue], (byte)255 })], same.Pixels);
    }

    [Theory]
    [InlineData(12, 16, 4, 4)]
    [InlineData(13, 17, 5, 3)]
    [InlineData(11, 7, 1, 1)]
    [InlineData(9, 9, 4, 8)]
    public void A_smaller_picture_has_the_mean_of_what_each_pixel_covers(int height, int width, int toHeight, int toWidth)
    {
        byte[] pixels = new byte[4 * height * width];
        new Random(2).NextBytes(pixels);

        Raster small = PictureScaling.Scale(new Picture(pixels, height, width, PixelOrder.Rgba32), toHeight, toWidth);

        for (int y = 0; y < toHeight; y++)
        {
            for (int x = 0; x < toWidth; x++)
            {
                double mean = 0;
                for (int v = 0; v < height; v++)
                {
                    for (int u = 0; u < width; u++)
                    {
                        mean += pixels[4 * ((v * width) + u)] * Overlap(y, toHeight, v, height) * Overlap(x, toWidth, u, width);
                    }
                }

                Assert.InRange(small[y, x].Red - mean, -0.75, 0.75);
            }
        }

        static double Overlap(int to, int toCount, int from, int count)
        {
            double step = (double)count / toCount;
            return Math.Max(0, Math.Min((to + 1) * step, from + 1) - Math.Max(to * step, from)) / step;
        }
    }

    [Fact]
    public void A_larger_picture_is_interpolated_between_the_centres()
    {
        var picture = new Picture(new byte[] { 0, 0, 0, 0, 100, 200, 40, 0 }, 1, 2, PixelOrder.Rgba32);

        Raster large = PictureScaling.Scale(picture, 2, 4);

        Assert.Equal([0, 25, 75, 100, 0, 25, 75, 100], Enumerable.Range(0, 8).Select(i => (int)large[i / 4, i % 4].Red));
        Assert.Equal(150, large[0, 2].Green);
    }

    [Fact]
    public void Labels_take_the_nearest_pixel()
    {
        ushort[] labels = [1, 2, 3, 4];

        Assert.Equal([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4], PictureScaling.Scale(labels, 2, 2, 4, 4));
        Assert.Equal([2, 5, 8], PictureScaling.Scale([1, 2, 3, 4, 5, 6, 7, 8, 9], 1, 9, 1, 3).Select(v => (int)v));
    }

    [Theory]
    [InlineData(300, 1000, 640, 192, 640)]
    [InlineData(1000, 300, 640, 640, 192)]
    [InlineData(20, 30, 640, 20, 30)]
    [InlineData(1, 5000, 640, 1, 640)]
    public void The_longer_side_is_cut_and_the_proportions_stay(int height, int width, int longest, int toHeight, int toWidth) =>
        Assert.Equal((toHeight, toWidth), PictureScaling.Fit(height, width, longest));
}
