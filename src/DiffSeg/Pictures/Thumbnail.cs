using System.Runtime.InteropServices;

namespace DiffSeg.Pictures;

/// <summary>A picture shrunk by averaging: each small pixel is the mean of the pixels that it stands for.</summary>
/// <param name="Pixels">Opaque pixels, <see cref="PixelOrder.Rgba32"/> in memory.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Width">Width in pixels.</param>
internal sealed record Thumbnail(uint[] Pixels, int Height, int Width)
{
    /// <summary>Shrinks a picture to fit into a box, keeping its proportions; a smaller one keeps its size.</summary>
    public static Thumbnail Of(
        ReadOnlySpan<byte> pixels, int height, int width, PixelOrder order, int maxHeight, int maxWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (pixels.Length != (long)height * width * 4)
        {
            throw new ArgumentException(
                $"{height} x {width} pixels of 4 bytes need {(long)height * width * 4} bytes, but there are "
                + $"{pixels.Length}.",
                nameof(pixels));
        }

        double scale = Math.Min(1, Math.Min((double)maxHeight / height, (double)maxWidth / width));
        int smallHeight = Math.Max(1, (int)Math.Round(height * scale));
        int smallWidth = Math.Max(1, (int)Math.Round(width * scale));
        uint[] small = new uint[smallHeight * smallWidth];
        int red = order == PixelOrder.Rgba32 ? 0 : 2;
        for (int y = 0; y < smallHeight; y++)
        {
            (int top, int bottom) = Range(y, smallHeight, height);
            for (int x = 0; x < smallWidth; x++)
            {
                (int left, int right) = Range(x, smallWidth, width);
                small[(y * smallWidth) + x] = Mean(pixels, width, top, bottom, left, right, red);
            }
        }

        return new Thumbnail(small, smallHeight, smallWidth);
    }

    // The source pixels of a small one, at least one.
    private static (int From, int To) Range(int index, int small, int large)
    {
        int from = (int)((long)index * large / small);
        return (from, Math.Max(from + 1, (int)((long)(index + 1) * large / small)));
    }

    private static uint Mean(ReadOnlySpan<byte> pixels, int width, int top, int bottom, int left, int right, int red)
    {
        long first = 0, green = 0, third = 0;
        for (int y = top; y < bottom; y++)
        {
            ReadOnlySpan<byte> run = pixels.Slice(((y * width) + left) * 4, (right - left) * 4);
            for (int i = 0; i < run.Length; i += 4)
            {
                first += run[i];
                green += run[i + 1];
                third += run[i + 2];
            }
        }

        long count = (long)(bottom - top) * (right - left);
        ReadOnlySpan<byte> mean =
        [
            Rounded(red == 0 ? first : third, count), Rounded(green, count), Rounded(red == 0 ? third : first, count), 255,
        ];
        return MemoryMarshal.Read<uint>(mean);
    }

    private static byte Rounded(long sum, long count) => (byte)((sum + (count / 2)) / count);
}
