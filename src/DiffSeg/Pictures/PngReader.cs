using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics.Tensors;

namespace DiffSeg.Pictures;

/// <summary>Reads the pixels of a PNG, once: as samples, or as colours where it has them.</summary>
internal sealed class PngReader
{
    // What zlib packs to one byte at most: a copy of 258 bytes takes two bits.
    private const int MostPerByte = 258 * 4;

    private readonly PngChunkReader _chunks;

    /// <exception cref="InvalidDataException">The stream does not begin with the header of a PNG that is read.</exception>
    public PngReader(Stream stream)
    {
        _chunks = new PngChunkReader(stream);
        Header = PngHeader.Read(_chunks);
    }

    /// <summary>Size and kind.</summary>
    public PngHeader Header { get; }

    /// <summary>The colours of an indexed picture, once its samples are read; may be fewer than its samples use.</summary>
    public Rgb[] Palette()
    {
        byte[] bytes = _chunks.Palette;
        var colours = new Rgb[bytes.Length / 3];
        for (int i = 0; i < colours.Length; i++)
        {
            colours[i] = new Rgb(bytes[3 * i], bytes[(3 * i) + 1], bytes[(3 * i) + 2]);
        }

        return colours;
    }

    /// <summary>Height x width samples of a grey or indexed picture.</summary>
    public ushort[] ReadSamples()
    {
        (int height, int width, byte bits, _) = Header;
        using ZLibStream zlib = Unpacked();
        PngRowReader rows = Rows(zlib);
        var samples = new ushort[height * width];
        for (int y = 0; y < height; y++)
        {
            Unpack(rows.Next(y), bits, samples.AsSpan(y * width, width));
        }

        return samples;
    }

    /// <summary>Height x width colours of a picture that has them; the transparency is not looked at.</summary>
    /// <exception cref="InvalidDataException">The picture is damaged, or has 16 bits a channel.</exception>
    public Rgb[] ReadColours()
    {
        if (Header.Bits != 8)
        {
            throw new InvalidDataException("The PNG has colours of 16 bits a channel; colour-coded labels have 8. Save it so.");
        }

        int channels = Header.Channels;
        (int green, int blue) = channels >= 3 ? (1, 2) : (0, 0);
        using ZLibStream zlib = Unpacked();
        PngRowReader rows = Rows(zlib);
        var colours = new Rgb[Header.Height * Header.Width];
        for (int y = 0; y < Header.Height; y++)
        {
            ReadOnlySpan<byte> row = rows.Next(y);
            Span<Rgb> pixels = colours.AsSpan(y * Header.Width, Header.Width);
            for (int x = 0; x < pixels.Length; x++)
            {
                ReadOnlySpan<byte> pixel = row.Slice(x * channels, channels);
                pixels[x] = new Rgb(pixel[0], pixel[green], pixel[blue]);
            }
        }

        return colours;
    }

    /// <summary>The picture of any kind of 8 bits or, indexed and in greys, fewer; opaque.</summary>
    /// <exception cref="InvalidDataException">The picture is damaged, or has 16 bits a channel.</exception>
    public Picture ReadPicture()
    {
        Rgb[] colours;
        if (Header.HasColours)
        {
            colours = ReadColours();
        }
        else
        {
            ushort[] samples = ReadSamples();
            Rgb[] palette = Header.Kind == PngFormat.Indexed ? Palette() : Greys();
            colours = Array.ConvertAll(samples, sample => sample < palette.Length ? palette[sample] : default);
        }

        byte[] pixels = new byte[4 * colours.Length];
        for (int i = 0; i < colours.Length; i++)
        {
            (pixels[4 * i], pixels[(4 * i) + 1], pixels[(4 * i) + 2], pixels[(4 * i) + 3]) =
                (colours[i].Red, colours[i].Green, colours[i].Blue, byte.MaxValue);
        }

        return new Picture(pixels, Header.Height, Header.Width, PixelOrder.Rgba32);
    }

    // Every sample's grey, spread over 0 to 255.
    private Rgb[] Greys()
    {
        Rgb[] greys = new Rgb[1 << Header.Bits];
        for (int i = 0; i < greys.Length; i++)
        {
            byte level = (byte)((long)i * byte.MaxValue / (greys.Length - 1));
            greys[i] = new Rgb(level, level, level);
        }

        return greys;
    }

    // Before anything is made of the size that the header gives: a few bytes may claim gigabytes.
    private ZLibStream Unpacked()
    {
        MemoryStream data = _chunks.ReadData();
        return Header.UnpackedLength <= MostPerByte * data.Length
            ? new ZLibStream(data, CompressionMode.Decompress)
            : throw new InvalidDataException(
                $"The PNG is cut off: {data.Length} bytes of data cannot hold {Header.Width} x {Header.Height} pixels.");
    }

    private PngRowReader Rows(Stream zlib) => new(zlib, Header.RowLength, Header.BytesPerPixel);

    private static void Unpack(ReadOnlySpan<byte> row, int bits, Span<ushort> samples)
    {
        if (bits == 8)
        {
            TensorPrimitives.ConvertTruncating(row[..samples.Length], samples);
            return;
        }

        for (int x = 0; x < samples.Length; x++)
        {
            samples[x] = bits switch
            {
                16 => BinaryPrimitives.ReadUInt16BigEndian(row[(2 * x)..]),
                // Several pixels in a byte, the leftmost in the highest bits.
                _ => (ushort)((row[x * bits / 8] >> (8 - bits - (x * bits % 8))) & ((1 << bits) - 1)),
            };
        }
    }
}
