using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace DiffSeg.Pictures;

/// <summary>Reads a PNG's chunks in order and checks their checksums.</summary>
internal sealed class PngChunkReader(Stream input)
{
    private readonly byte[] _type = new byte[4];

    /// <summary>The palette, three bytes a colour, once the data has been read; empty when there is none.</summary>
    public byte[] Palette { get; private set; } = [];

    public byte[] ReadHeader()
    {
        Span<byte> signature = stackalloc byte[PngFormat.Signature.Length];
        if (input.ReadAtLeast(signature, signature.Length, throwOnEndOfStream: false) < signature.Length
            || !signature.SequenceEqual(PngFormat.Signature))
        {
            throw new InvalidDataException("This is not a PNG file: it does not begin with PNG's signature.");
        }

        byte[] header = Next();
        if (!PngFormat.Header.SequenceEqual(_type) || header.Length != PngFormat.HeaderLength)
        {
            throw new InvalidDataException("The PNG is damaged: it does not begin with a header.");
        }

        return header;
    }

    /// <summary>The compressed picture: the contents of all data chunks in one.</summary>
    public MemoryStream ReadData()
    {
        var data = new MemoryStream();
        for (byte[] contents = Next(); !PngFormat.End.SequenceEqual(_type); contents = Next())
        {
            if (PngFormat.Data.SequenceEqual(_type))
            {
                data.Write(contents);
            }
            else if (PngFormat.Colours.SequenceEqual(_type))
            {
                Palette = contents;
            }
        }

        data.Position = 0;
        return data;
    }

    private byte[] Next()
    {
        Span<byte> number = stackalloc byte[4];
        Fill(number);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(number);
        Fill(_type);
        byte[] contents = Contents(length);
        Fill(number);

        var checksum = new Crc32();
        checksum.Append(_type);
        checksum.Append(contents);
        if (checksum.GetCurrentHashAsUInt32() != BinaryPrimitives.ReadUInt32BigEndian(number))
        {
            throw new InvalidDataException($"The PNG is damaged: the checksum of a chunk {Name()} is wrong.");
        }

        return contents;
    }

    // Grows with what really comes: a damaged length must not allocate gigabytes.
    private byte[] Contents(uint length)
    {
        const int Step = 1 << 20;
        var contents = new byte[Math.Min(length, Step)];
        Fill(contents);
        while (contents.Length < length)
        {
            int had = contents.Length;
            Array.Resize(ref contents, (int)Math.Min(length, Math.Min(2L * had, Array.MaxLength)));
            Fill(contents.AsSpan(had));
        }

        return contents;
    }

    private void Fill(Span<byte> bytes)
    {
        if (input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException("The PNG is cut off: the file ends in the middle of a chunk.");
        }
    }

    private string Name() => Encoding.Latin1.GetString(_type);
}
