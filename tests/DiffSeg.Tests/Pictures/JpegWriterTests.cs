using DiffSeg.Pictures;
using DiffSeg.Pictures.Drawing;
using DiffSeg.Pictures.Jpeg;

namespace DiffSeg.Tests.Pictures;

/// <summary>The shape of the files; what a decoder makes of them is tested with ML.NET's (DiffSeg.MLNet.Tests).</summary>
public class JpegWriterTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 16)]
    [InlineData(17, 33)]
    public void The_head_tells_the_size_and_every_0xFF_in_the_data_is_guarded(int height, int width)
    {
        byte[] file = JpegWriter.Write(Noise(height, width), 90);

        Assert.Equal(new byte[] { 0xFF, 0xD8 }, file[..2]);
        Assert.Equal(new byte[] { 0xFF, 0xD9 }, file[^2..]);
        int at = 2;
        for (; file[at + 1] != 0xDA; at += 2 + (file[at + 2] << 8) + file[at + 3])
        {
            Assert.Equal(0xFF, file[at]);
            if (file[at + 1] == 0xC0)
            {
                Assert.Equal((height, width), ((file[at + 5] << 8) + file[at + 6], (file[at + 7] << 8) + file[at + 8]));
            }
        }

        for (at += 2 + file[at + 3]; at < file.Length - 2; at++)
        {
            Assert.True(file[at] != 0xFF || file[at + 1] == 0, $"a marker at byte {at}");
        }
    }

    [Fact]
    public void Lower_quality_is_smaller_and_a_photo_is_much_smaller_than_its_PNG()
    {
        Raster photo = new(256, 256);
        var random = new Random(3);
        for (int i = 0; i < 256 * 256; i++)
        {
            double wave = 90 + (60 * Math.Sin(i % 256 / 19.0)) + (40 * Math.Cos(i / 256 / 27.0)) + (random.NextDouble() * 12);
            photo[i / 256, i % 256] = new Rgb((byte)wave, (byte)((wave / 2) + (i % 256 / 8)), (byte)(255 - wave));
        }

        int good = JpegWriter.Write(photo, 84).Length, poor = JpegWriter.Write(photo, 30).Length;
        Assert.True(poor < good, $"{poor} against {good}");
        Assert.True(good * 5 < photo.ToPng().Length, $"{good} against {photo.ToPng().Length}");
        Assert.True(photo.IsPhoto);
        Assert.False(new Raster(4, 4).IsPhoto);
    }

    // Pinned: whole numbers give the same bytes on every machine.
    [Fact]
    public void The_bytes_are_always_the_same()
    {
        byte[] file = JpegWriter.Write(Noise(40, 24), 84);
        Assert.Equal("B32A24C34CC40513", Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(file))[..16]);
    }

    // The same on every machine and in every release of .NET: no Random.
    private static Raster Noise(int height, int width)
    {
        Raster noise = new(height, width);
        uint state = 12345;
        for (int i = 0; i < height * width; i++)
        {
            state = (state * 1664525) + 1013904223;
            noise[i / width, i % width] = new Rgb((byte)(state >> 8), (byte)(state >> 16), (byte)(state >> 24));
        }

        return noise;
    }
}
