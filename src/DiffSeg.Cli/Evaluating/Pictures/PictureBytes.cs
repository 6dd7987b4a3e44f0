using DiffSeg.Pictures;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Evaluating.Pictures;

/// <summary>A decoded picture: four bytes a pixel, row-major.</summary>
/// <param name="Pixels">Height x width x 4 bytes.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Order">Order of a pixel's bytes.</param>
internal sealed record PictureBytes(byte[] Pixels, int Height, int Width, PixelOrder Order)
{
    /// <summary>Decodes a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">It cannot be decoded.</exception>
    public static PictureBytes Read(string path)
    {
        using MLImage image = MLImage.CreateFromFile(path);
        PixelOrder order = image.PixelFormat == MLPixelFormat.Rgba32 ? PixelOrder.Rgba32 : PixelOrder.Bgra32;
        return new PictureBytes(image.Pixels.ToArray(), image.Height, image.Width, order);
    }

    /// <summary>Where in a pixel red, green and blue are.</summary>
    public (int Red, int Green, int Blue) Channels => Order == PixelOrder.Rgba32 ? (0, 1, 2) : (2, 1, 0);

    /// <summary>A part of it.</summary>
    /// <param name="part">First row and column, rows and columns; inside the picture.</param>
    public PictureBytes Cut((int Top, int Left, int Height, int Width) part)
    {
        if (part == (0, 0, Height, Width))
        {
            return this;
        }

        var cut = new byte[4 * part.Height * part.Width];
        for (int y = 0; y < part.Height; y++)
        {
            Pixels.AsSpan(4 * (((part.Top + y) * Width) + part.Left), 4 * part.Width).CopyTo(cut.AsSpan(4 * y * part.Width));
        }

        return new PictureBytes(cut, part.Height, part.Width, Order);
    }

    /// <summary>Resized bilinearly, as the model is shown it.</summary>
    /// <param name="height">Rows wanted.</param>
    /// <param name="width">Columns wanted.</param>
    public PictureBytes Resized(int height, int width)
    {
        Tap[] down = Tap.Row(0, Height, height), across = Tap.Row(0, Width, width);
        var resized = new byte[4 * height * width];
        for (int i = 0; i < resized.Length; i++)
        {
            (Tap y, Tap x) = (down[i / 4 / width], across[i / 4 % width]);
            float above = Between(y.First, x, i % 4), below = Between(y.Second, x, i % 4);
            resized[i] = (byte)MathF.Round(above + ((below - above) * y.Share));
        }

        return new PictureBytes(resized, height, width, Order);
    }

    /// <summary>The same for methods that look at colours; not copied.</summary>
    public Picture ToPicture() => new(Pixels, Height, Width, Order);

    private float Between(int row, Tap tap, int channel)
    {
        byte first = Pixels[(4 * ((row * Width) + tap.First)) + channel], second = Pixels[(4 * ((row * Width) + tap.Second)) + channel];
        return first + ((second - first) * tap.Share);
    }
}
