using System.Buffers.Binary;

namespace DiffSeg.Pictures;

/// <summary>A PNG's header, checked.</summary>
/// <param name="Height">Height in pixels.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Bits">Bits of a sample.</param>
/// <param name="Kind">The colour type, one of <see cref="PngFormat"/>'s.</param>
internal readonly record struct PngHeader(int Height, int Width, byte Bits, byte Kind)
{
    /// <summary>Whether pixels are colours: everything but one sample of grey or of a palette.</summary>
    public bool HasColours => Kind is not (PngFormat.Grey or PngFormat.Indexed);

    /// <summary>Samples of a pixel.</summary>
    public int Channels => ChannelsOf(Kind);

    /// <summary>Bytes of an unpacked row without its filter byte.</summary>
    public int RowLength => checked((int)ForRow(Width, Bits, Kind));

    /// <summary>Bytes of all unpacked rows with their filter bytes.</summary>
    public long UnpackedLength => (1L + RowLength) * Height;

    /// <summary>How many bytes back the filters look.</summary>
    public int BytesPerPixel => Math.Max(1, Bits * Channels / 8);

    /// <summary>The contents of the header's chunk: not interlaced.</summary>
    public byte[] ToBytes()
    {
        byte[] header = new byte[PngFormat.HeaderLength];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9]) = (Bits, Kind);
        return header;
    }

    /// <exception cref="InvalidDataException">No header of a PNG, or of one that is not read.</exception>
    public static PngHeader Read(PngChunkReader chunks)
    {
        byte[] header = chunks.ReadHeader();
        int width = BinaryPrimitives.ReadInt32BigEndian(header);
        int height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        (byte bits, byte kind, byte interlace) = (header[8], header[9], header[12]);

        if (width <= 0 || height <= 0)
        {
            throw new InvalidDataException($"The PNG's header gives a size of {width} x {height}.");
        }

        if ((long)width * height > LabelPng.MaxPixels)
        {
            throw new InvalidDataException(
                $"The PNG is {width} x {height}; a label mask has at most {LabelPng.MaxPixels} pixels.");
        }

        if (ForRow(width, bits, kind) > int.MaxValue)
        {
            throw new InvalidDataException($"The PNG is {width} pixels of {bits} bits wide; a row of at most 2 GB is read.");
        }

        bool possible = kind switch
        {
            PngFormat.Grey => bits is 1 or 2 or 4 or 8 or 16,
            PngFormat.Indexed => bits is 1 or 2 or 4 or 8,
            PngFormat.Colour or PngFormat.GreyWithAlpha or PngFormat.ColourWithAlpha => bits is 8 or 16,
            _ => throw new InvalidDataException($"The PNG's header gives the unknown colour type {kind}."),
        };
        if (!possible)
        {
            throw new InvalidDataException($"The PNG's header gives {bits} bits per pixel, which its kind cannot have.");
        }

        return interlace == 0
            ? new PngHeader(height, width, bits, kind)
            : throw new InvalidDataException("The PNG is interlaced, which label masks are not; save it without.");
    }

    private static long ForRow(int width, byte bits, byte kind) => (((long)width * bits * ChannelsOf(kind)) + 7) / 8;

    private static int ChannelsOf(byte kind) => kind switch
    {
        PngFormat.Colour => 3,
        PngFormat.GreyWithAlpha => 2,
        PngFormat.ColourWithAlpha => 4,
        _ => 1,
    };
}
