using System.Buffers.Binary;
using System.IO.Compression;

namespace DiffSeg.Pictures;

public static partial class LabelPng
{
    /// <summary>Largest mask that <see cref="Read"/> takes, in pixels: a guard against files that lie about their size.</summary>
    public const int MaxPixels = 1 << 28;

    /// <summary>
    /// Reads a mask whose pixel values are labels: an indexed or a grey PNG of 1, 2, 4, 8 or (grey) 16 bits, as
    /// <see cref="Write"/>, annotation tools and public data sets write them. Colours are not looked at.
    /// </summary>
    /// <param name="stream">A PNG file from its beginning; stays open.</param>
    /// <returns>The labels and their size.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="InvalidDataException">
    /// Not a PNG, a damaged one, or one of another kind (colour, interlaced, too large); the message says which.
    /// </exception>
    public static LabelImage Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var chunks = new PngChunkReader(stream);
        (int height, int width, int bits) = ReadHeader(chunks);
        using MemoryStream data = chunks.ReadData();
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);

        var labels = new ushort[height * width];
        int length = (int)(((long)width * bits + 7) / 8);
        var rows = new PngRowReader(zlib, length, bytesPerPixel: Math.Max(1, bits / 8));
        for (int y = 0; y < height; y++)
        {
            Unpack(rows.Next(y), bits, labels.AsSpan(y * width, width));
        }

        return new LabelImage(height, width, labels);
    }

    private static (int Height, int Width, int Bits) ReadHeader(PngChunkReader chunks)
    {
        byte[] header = chunks.ReadHeader();
        int width = BinaryPrimitives.ReadInt32BigEndian(header);
        int height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        (byte bits, byte kind, byte interlace) = (header[8], header[9], header[12]);

        if (width <= 0 || height <= 0)
        {
            throw new InvalidDataException($"The PNG's header gives a size of {width} x {height}.");
        }

        if ((long)width * height > MaxPixels)
        {
            throw new InvalidDataException($"The PNG is {width} x {height}; a label mask has at most {MaxPixels} pixels.");
        }

        if (kind is not (PngFormat.Grey or PngFormat.Indexed))
        {
            throw new InvalidDataException(
                "The PNG holds colours, not labels; a label mask is an indexed or a grey PNG. Was this an overlay?");
        }

        if (bits is not (1 or 2 or 4 or 8) && !(bits == 16 && kind == PngFormat.Grey))
        {
            throw new InvalidDataException($"The PNG's header gives {bits} bits per pixel, which its kind cannot have.");
        }

        if (interlace != 0)
        {
            throw new InvalidDataException("The PNG is interlaced, which label masks are not; save it without.");
        }

        return (height, width, bits);
    }

    private static void Unpack(ReadOnlySpan<byte> row, int bits, Span<ushort> labels)
    {
        for (int x = 0; x < labels.Length; x++)
        {
            labels[x] = bits switch
            {
                16 => BinaryPrimitives.ReadUInt16BigEndian(row[(2 * x)..]),
                8 => row[x],
                // Several pixels in a byte, the leftmost in the highest bits.
                _ => (ushort)((row[x * bits / 8] >> (8 - bits - (x * bits % 8))) & ((1 << bits) - 1)),
            };
        }
    }
}
