using System.Runtime.InteropServices;

namespace DiffSeg.Pictures;

/// <summary>Paints a label mask over a picture, half transparent, with lines between the segments.</summary>
public static class MaskOverlay
{
    private const int BytesPerPixel = 4;

    /// <summary>
    /// Paints <paramref name="labels"/> over <paramref name="image"/> into <paramref name="destination"/>.
    /// Allocates nothing. Alpha is kept as it is.
    /// </summary>
    /// <param name="image">Height x width pixels of four bytes, row-major, without gaps between rows.</param>
    /// <param name="labels">Height x width labels, row-major.</param>
    /// <param name="height">Height in pixels, more than 0.</param>
    /// <param name="width">Width in pixels, more than 0.</param>
    /// <param name="order">Order of a pixel's bytes in image and destination.</param>
    /// <param name="destination">As long as <paramref name="image"/>; may be the same memory, must not overlap otherwise.</param>
    /// <param name="options">Opacity, lines and colours; null for the defaults.</param>
    /// <remarks>
    /// Per colour channel: <c>(image * (256 - a) + colour * a + 128) / 256</c> in whole numbers, with a = opacity * 256
    /// rounded; so the bytes are the same on every machine.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive, or <paramref name="order"/> is unknown.</exception>
    /// <exception cref="ArgumentException">The length of a span does not fit height and width.</exception>
    public static void Paint(
        ReadOnlySpan<byte> image,
        ReadOnlySpan<ushort> labels,
        int height,
        int width,
        PixelOrder order,
        Span<byte> destination,
        OverlayOptions? options = null)
    {
        MaskSize.Check(labels.Length, height, width, nameof(labels));
        CheckPixels(image.Length, height, width, nameof(image));
        CheckPixels(destination.Length, height, width, nameof(destination));
        if (order is not (PixelOrder.Rgba32 or PixelOrder.Bgra32))
        {
            throw new ArgumentOutOfRangeException(nameof(order), order, "The pixel order must be Rgba32 or Bgra32.");
        }

        options ??= new OverlayOptions();
        FillSegments(image, labels, order, destination, options);
        Outline(labels, height, width, order, destination, options);
    }

    /// <summary>Draws the lines between segments alone.</summary>
    internal static void Outline(
        ReadOnlySpan<ushort> labels, int height, int width, PixelOrder order, Span<byte> destination, OverlayOptions options)
    {
        int line = options.OutlineWidth ?? Math.Max(1, Math.Min(height, width) / 300);
        if (line > 0)
        {
            DrawOutlines(labels, height, width, line, Pack(options.OutlineColor, order), destination);
        }
    }

    private static void FillSegments(
        ReadOnlySpan<byte> image, ReadOnlySpan<ushort> labels, PixelOrder order, Span<byte> destination, OverlayOptions options)
    {
        int alpha = (int)MathF.Round(options.Opacity * 256);

        // A mask is long runs of one label; a run is blended with one colour, which is what vectors are good at.
        for (int start = 0; start < labels.Length;)
        {
            ReadOnlySpan<ushort> rest = labels[start..];
            int run = rest.IndexOfAnyExcept(rest[0]);
            if (run < 0)
            {
                run = rest.Length;
            }

            int from = start * BytesPerPixel, length = run * BytesPerPixel;
            ColourBlend.Blend(
                image.Slice(from, length), Pack(options.Palette[rest[0]], order), alpha, destination.Slice(from, length));
            start += run;
        }
    }

    private static void DrawOutlines(
        ReadOnlySpan<ushort> labels, int height, int width, int line, uint colour, Span<byte> destination)
    {
        // A line of width w lies half on each side of a border: a pixel belongs to it when the label `near` pixels to
        // the left or above, or `far` pixels to the right or below, is another one.
        int near = line / 2, far = line - near;
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(destination);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<ushort> row = labels.Slice(y * width, width);
            Span<uint> painted = pixels.Slice(y * width, width);
            MarkDifferences(row, labels.Slice(Math.Max(0, y - near) * width, width), painted, colour);
            MarkDifferences(row, labels.Slice(Math.Min(height - 1, y + far) * width, width), painted, colour);
            if (near < width)
            {
                MarkDifferences(row[near..], row[..^near], painted[near..], colour);
            }

            if (far < width)
            {
                MarkDifferences(row[..^far], row[far..], painted[..^far], colour);
            }
        }
    }

    // Jumps over equal stretches with the vectorised prefix comparison; a pixel is written only on a border.
    private static void MarkDifferences(ReadOnlySpan<ushort> row, ReadOnlySpan<ushort> other, Span<uint> painted, uint colour)
    {
        for (int x = 0; x < row.Length; x++)
        {
            x += row[x..].CommonPrefixLength(other[x..]);
            if (x < row.Length)
            {
                painted[x] = colour;
            }
        }
    }

    // The four bytes of an opaque pixel in memory order.
    private static uint Pack(Rgb colour, PixelOrder order)
    {
        ReadOnlySpan<byte> bytes = order == PixelOrder.Rgba32
            ? [colour.Red, colour.Green, colour.Blue, 255]
            : [colour.Blue, colour.Green, colour.Red, 255];
        return MemoryMarshal.Read<uint>(bytes);
    }

    private static void CheckPixels(int length, int height, int width, string name)
    {
        long expected = (long)height * width * BytesPerPixel;
        if (length != expected)
        {
            throw new ArgumentException(
                $"{height} x {width} pixels of {BytesPerPixel} bytes need {expected} bytes, but {name} has {length}.", name);
        }
    }
}
