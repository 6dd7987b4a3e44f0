using System.Text.RegularExpressions;
using DiffSeg.Pictures;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Display;

/// <summary>The JPEGs of pages, decoded by the library beneath ML.NET.</summary>
public class JpegDecodingTests
{
    [Theory]
    [InlineData(64, 64)]
    [InlineData(50, 77)]
    [InlineData(1, 300)]
    [InlineData(333, 17)]
    public void A_photo_comes_back_nearly_as_it_was(int height, int width)
    {
        byte[] pixels = new byte[4 * height * width];
        for (int i = 0; i < height * width; i++)
        {
            (int y, int x) = (i / width, i % width);
            pixels[4 * i] = (byte)(128 + (100 * Math.Sin(x / 17.0)));
            pixels[(4 * i) + 1] = (byte)(128 + (100 * Math.Cos((y + x) / 23.0)));
            pixels[(4 * i) + 2] = (byte)(y * 255 / height);
            pixels[(4 * i) + 3] = 255;
        }

        string html = new Picture(pixels, height, width, PixelOrder.Rgba32).ToHtml();
        byte[] file = Convert.FromBase64String(Regex.Match(html, "data:image/jpeg;base64,([^\"]+)").Groups[1].Value);
        using MLImage decoded = MLImage.CreateFromStream(new MemoryStream(file));

        Assert.Equal((height, width), (decoded.Height, decoded.Width));
        int red = decoded.PixelFormat == MLPixelFormat.Rgba32 ? 0 : 2;
        ReadOnlySpan<byte> back = decoded.Pixels;
        double squares = 0;
        for (int i = 0; i < pixels.Length; i += 4)
        {
            squares += Math.Pow(pixels[i] - back[i + red], 2) + Math.Pow(pixels[i + 1] - back[i + 1], 2) + Math.Pow(pixels[i + 2] - back[i + 2 - red], 2);
        }

        double noise = 10 * Math.Log10(255 * 255 / (squares / (0.75 * pixels.Length)));
        Assert.True(noise > 33, $"{noise:F1} dB");
    }
}
