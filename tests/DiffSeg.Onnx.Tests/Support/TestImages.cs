using Microsoft.ML.Data;

namespace DiffSeg.Onnx.Tests.Support;

/// <summary>Images [3, side, side] in [-1, 1], as attention models take them.</summary>
internal static class TestImages
{
    /// <summary>Side of the demo model's image.</summary>
    public const int Side = 512;

    /// <summary>A photo fitted into the square as it is, black around it; nearest pixels, which is all a test needs.</summary>
    public static float[] Letterboxed(string photo, int side = Side)
    {
        using MLImage source = MLImage.CreateFromFile(photo);
        ReadOnlySpan<byte> pixels = source.Pixels;
        bool blueFirst = source.PixelFormat == MLPixelFormat.Bgra32;
        double scale = (double)Math.Max(source.Width, source.Height) / side;
        int width = (int)(source.Width / scale), height = (int)(source.Height / scale);
        int left = (side - width) / 2, top = (side - height) / 2;
        var image = new float[3 * side * side];
        Array.Fill(image, -1);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int from = 4 * ((int)((y + 0.5) * scale) * source.Width + (int)((x + 0.5) * scale));
                for (int channel = 0; channel < 3; channel++)
                {
                    byte value = pixels[from + (blueFirst ? 2 - channel : channel)];
                    image[(channel * side + top + y) * side + left + x] = (value - 127.5f) * (1 / 127.5f);
                }
            }
        }

        return image;
    }

    /// <summary>An image by formula: channel, y, x to a value in [0, 1].</summary>
    public static float[] Of(Func<int, int, int, double> value)
    {
        var image = new float[3 * Side * Side];
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = (float)(2 * value(i / (Side * Side), i / Side % Side, i % Side) - 1);
        }

        return image;
    }
}
