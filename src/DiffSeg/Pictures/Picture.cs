namespace DiffSeg.Pictures;

/// <summary>The pixels of a picture, sRGB, four bytes each; not copied.</summary>
public sealed partial class Picture
{
    /// <summary>A picture.</summary>
    /// <param name="pixels">Height x width pixels of four bytes, row-major, without gaps between rows; the fourth is not looked at.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="order">Order of a pixel's bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the order is unknown.</exception>
    /// <exception cref="ArgumentException">The number of bytes is not 4 x height x width.</exception>
    public Picture(ReadOnlyMemory<byte> pixels, int height, int width, PixelOrder order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (!Enum.IsDefined(order))
        {
            throw new ArgumentOutOfRangeException(nameof(order), order, "The pixel order must be Rgba32 or Bgra32.");
        }

        if (pixels.Length != 4L * height * width)
        {
            throw new ArgumentException(
                $"The picture has {pixels.Length} bytes, but {height}x{width} pixels of four bytes ask for {4L * height * width}.",
                nameof(pixels));
        }

        (Pixels, Height, Width, Order) = (pixels, height, width, order);
    }

    /// <summary>The pixels.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Order of a pixel's bytes.</summary>
    public PixelOrder Order { get; }
}
