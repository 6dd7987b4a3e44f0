using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace DiffSeg.Pictures;

/// <summary>Label masks as PNG files: the value of a pixel is its label.</summary>
/// <remarks>
/// The PNG writing is our own because the image library beneath ML.NET (Skia) only writes 32-bit colour; a mask whose
/// pixel values are labels, which every annotation tool and data set expects, needs an indexed or 16-bit PNG. Rows are
/// streamed through the platform's zlib, so memory does not depend on the picture.
/// </remarks>
public static partial class LabelPng
{
    /// <summary>
    /// Writes a mask: an indexed PNG of 8 bits with a colour per label when no label exceeds 255, a grey PNG of 16 bits
    /// otherwise.
    /// </summary>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="labels">Height x width labels, row-major.</param>
    /// <param name="height">Height in pixels, more than 0.</param>
    /// <param name="width">Width in pixels, more than 0.</param>
    /// <param name="palette">Colour of each label in an indexed PNG; null for <see cref="Palette.Standard"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    /// <exception cref="ArgumentException">The number of labels is not height x width.</exception>
    public static void Write(
        Stream stream, ReadOnlySpan<ushort> labels, int height, int width, Palette? palette = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        MaskSize.Check(labels.Length, height, width, nameof(labels));

        int colours = TensorPrimitives.Max(labels) + 1;
        bool indexed = colours <= PngFormat.MaxColours;
        var chunks = new PngChunkWriter(stream);
        stream.Write(PngFormat.Signature);
        chunks.WriteChunk(PngFormat.Header, Header(height, width, indexed).ToBytes());
        if (indexed)
        {
            chunks.WriteChunk(PngFormat.Colours, Colours(palette ?? Palette.Standard, colours));
        }

        // Optimal is zlib's level 6: on masks the higher levels cost several times as much for one per cent.
        using (var zlib = new ZLibStream(chunks, CompressionLevel.Optimal, leaveOpen: true))
        {
            WriteRows(zlib, labels, width, indexed);
        }

        chunks.WriteData();
        chunks.WriteChunk(PngFormat.End, []);
    }

    // Filter "Up" on every row: below a row of a mask lies mostly the same row again, which leaves zeros.
    private static void WriteRows(Stream zlib, ReadOnlySpan<ushort> labels, int width, bool indexed)
    {
        int length = indexed ? width : width * sizeof(ushort);
        byte[] above = new byte[length], row = new byte[length], filtered = new byte[length + 1];
        filtered[0] = (byte)PngFilter.Up;
        for (int start = 0; start < labels.Length; start += width)
        {
            ReadOnlySpan<ushort> source = labels.Slice(start, width);
            if (indexed)
            {
                TensorPrimitives.ConvertTruncating(source, row.AsSpan());
            }
            else
            {
                ToBigEndian(source, MemoryMarshal.Cast<byte, ushort>(row.AsSpan()));
            }

            TensorPrimitives.Subtract<byte>(row, above, filtered.AsSpan(1));
            zlib.Write(filtered);
            (row, above) = (above, row);
        }
    }

    private static void ToBigEndian(ReadOnlySpan<ushort> source, Span<ushort> destination)
    {
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(source, destination);
        }
        else
        {
            source.CopyTo(destination);
        }
    }

    private static PngHeader Header(int height, int width, bool indexed) =>
        new(height, width, indexed ? (byte)8 : (byte)16, indexed ? PngFormat.Indexed : PngFormat.Grey);

    private static byte[] Colours(Palette palette, int count)
    {
        var colours = new byte[3 * count];
        for (int i = 0; i < count; i++)
        {
            (colours[3 * i], colours[(3 * i) + 1], colours[(3 * i) + 2]) = palette[i];
        }

        return colours;
    }
}
