using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DiffSeg.Tests.Pictures;

/// <summary>Makes PNG files of any kind, damaged ones too, independently of the product's writer.</summary>
internal sealed class PngDraft(int width, int height, byte bits, byte kind)
{
    public byte Interlace { get; init; }

    /// <summary>Filter byte and filtered bytes of every row.</summary>
    public byte[] Rows { get; init; } = [];

    /// <summary>Three bytes a colour; none for no palette.</summary>
    public byte[] Palette { get; init; } = [];

    public bool WrongChecksum { get; init; }

    public byte[] ToBytes()
    {
        var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (bits, kind, Interlace);
        Chunk(file, "IHDR", header);
        Chunk(file, "tEXt", Encoding.Latin1.GetBytes("Comment\0skipped"));

        if (Palette.Length > 0)
        {
            Chunk(file, "PLTE", Palette);
        }

        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(Rows);
        }

        byte[] data = packed.ToArray();

        // Two data chunks: the cut lies anywhere.
        Chunk(file, "IDAT", data[..(data.Length / 2)]);
        Chunk(file, "IDAT", data[(data.Length / 2)..]);
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private void Chunk(MemoryStream file, string type, byte[] contents)
    {
        Span<byte> number = stackalloc byte[4];
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. contents];
        BinaryPrimitives.WriteInt32BigEndian(number, contents.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(body) + (WrongChecksum && type == "IDAT" ? 1u : 0u));
        file.Write(number);
    }

    // Bit by bit, from the specification's polynomial.
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
