using System.IO.Compression;
using System.Runtime.InteropServices;

namespace DiffSeg.Pictures;

/// <summary>Pictures as PNG files: what is needed where there is no image library.</summary>
/// <remarks>
/// The smallest of three kinds is chosen by the pixels: indexed where there are at most 256 different ones (a mask), colour
/// where all are opaque (a photo), colour with alpha otherwise. Equal pixels give equal pictures on every machine; the
/// bytes depend on the platform's zlib.
/// </remarks>
public static class PicturePng
{
    private const int BytesPerPixel = 4;

    /// <summary>Writes pixels with their alpha.</summary>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="pixels">Height x width pixels of four bytes, row-major, without gaps between rows; alpha is not premultiplied.</param>
    /// <param name="height">Height in pixels, more than 0.</param>
    /// <param name="width">Width in pixels, more than 0.</param>
    /// <param name="order">Order of a pixel's bytes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive, or the order is unknown.</exception>
    /// <exception cref="ArgumentException">The number of bytes is not 4 x height x width.</exception>
    public static void Write(Stream stream, ReadOnlySpan<byte> pixels, int height, int width, PixelOrder order)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (order is not (PixelOrder.Rgba32 or PixelOrder.Bgra32))
        {
            throw new ArgumentOutOfRangeException(nameof(order), order, "The pixel order must be Rgba32 or Bgra32.");
        }

        if (pixels.Length != (long)height * width * BytesPerPixel)
        {
            throw new ArgumentException(
                $"{height} x {width} pixels of {BytesPerPixel} bytes need {(long)height * width * BytesPerPixel} bytes; there are {pixels.Length}.",
                nameof(pixels));
        }

        PngColours? colours = PngColours.Of(MemoryMarshal.Cast<byte, uint>(pixels), order);
        byte kind = colours is not null ? PngFormat.Indexed : IsOpaque(pixels) ? PngFormat.Colour : PngFormat.ColourWithAlpha;
        var chunks = new PngChunkWriter(stream);
        stream.Write(PngFormat.Signature);
        chunks.WriteChunk(PngFormat.Header, new PngHeader(height, width, 8, kind).ToBytes());
        colours?.Write(chunks);
        using (var zlib = new ZLibStream(chunks, CompressionLevel.Optimal, leaveOpen: true))
        {
            if (colours is not null)
            {
                WriteIndices(zlib, MemoryMarshal.Cast<byte, uint>(pixels), width, colours);
            }
            else
            {
                WriteColours(zlib, pixels, width, order, kind == PngFormat.Colour ? 3 : BytesPerPixel);
            }
        }

        chunks.WriteData();
        chunks.WriteChunk(PngFormat.End, []);
    }

    internal static bool IsOpaque(ReadOnlySpan<byte> pixels)
    {
        for (int i = 3; i < pixels.Length; i += BytesPerPixel)
        {
            if (pixels[i] != byte.MaxValue)
            {
                return false;
            }
        }

        return true;
    }

    // Differences of indices mean nothing; but the row above is mostly the same again, which leaves zeros.
    private static void WriteIndices(Stream zlib, ReadOnlySpan<uint> pixels, int width, PngColours colours)
    {
        var rows = new PngRowWriter(zlib, width, 1);
        byte[] row = new byte[width];
        for (int start = 0; start < pixels.Length; start += width)
        {
            colours.Indices(pixels.Slice(start, width), row);
            rows.Write(row, PngFilter.Up);
        }
    }

    private static void WriteColours(Stream zlib, ReadOnlySpan<byte> pixels, int width, PixelOrder order, int channels)
    {
        var rows = new PngRowWriter(zlib, width * channels, channels);
        (int red, int blue) = order == PixelOrder.Rgba32 ? (0, 2) : (2, 0);
        byte[] row = new byte[width * channels];
        for (int start = 0; start < pixels.Length; start += width * BytesPerPixel)
        {
            ReadOnlySpan<byte> source = pixels.Slice(start, width * BytesPerPixel);
            for (int x = 0, to = 0; x < source.Length; x += BytesPerPixel, to += channels)
            {
                (row[to], row[to + 1], row[to + 2]) = (source[x + red], source[x + 1], source[x + blue]);
                if (channels == BytesPerPixel)
                {
                    row[to + 3] = source[x + 3];
                }
            }

            rows.WriteBest(row);
        }
    }
}
