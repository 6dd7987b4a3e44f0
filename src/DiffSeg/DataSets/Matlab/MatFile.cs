using System.Buffers.Binary;
using System.IO.Compression;

namespace DiffSeg.DataSets.Matlab;

/// <summary>
/// Reads a variable of a .mat file of level 5, as MATLAB's save and SciPy's savemat write them: numbers, cells and
/// structures, compressed or not. A reader of our own because ground truths need no more than these few pages of the format.
/// </summary>
internal static class MatFile
{
    private const int HeaderLength = 128;
    private const int EndianMark = 126;
    private const int HeadLength = 1 << 10;
    private const int MaxLength = 1 << 29;

    /// <summary>Reads a variable.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="variable">Its name.</param>
    /// <exception cref="InvalidDataException">Not a .mat file of level 5, a damaged one, or no such variable.</exception>
    public static MatArray Read(ReadOnlyMemory<byte> file, string variable) => MatMatrix.Read(Find(file, variable, MaxLength));

    /// <summary>The dimensions of a variable, without unpacking it all.</summary>
    /// <inheritdoc cref="Read"/>
    public static int[] Dimensions(ReadOnlyMemory<byte> file, string variable)
        => MatMatrix.ReadHead(new MatElements(Find(file, variable, HeadLength))).Dimensions;

    // The contents of a matrix element, of which at least `needed` bytes are there unless it has fewer.
    private static ReadOnlyMemory<byte> Find(ReadOnlyMemory<byte> file, string variable, int needed)
    {
        CheckHeader(file.Span);
        var elements = new MatElements(file[HeaderLength..]);
        List<string> others = [];
        while (!elements.AtEnd)
        {
            (MatType type, ReadOnlyMemory<byte> data) = elements.Next();
            if (type == MatType.Compressed)
            {
                (type, data) = Unpack(data, needed);
            }

            if (type != MatType.Matrix)
            {
                continue;
            }

            string name = MatMatrix.ReadHead(new MatElements(data)).Name;
            if (name == variable)
            {
                return data;
            }

            others.Add(name);
        }

        throw new InvalidDataException(
            $"The .mat file has no variable '{variable}', only: {(others.Count > 0 ? string.Join(", ", others) : "none")}.");
    }

    private static void CheckHeader(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("MATLAB 7.3"u8))
        {
            throw new InvalidDataException("The .mat file is of version 7.3 (HDF5); save it with -v7.");
        }

        if (file.Length < HeaderLength || !file.StartsWith("MATLAB"u8))
        {
            throw new InvalidDataException("This is not a .mat file of level 5: it does not begin with \"MATLAB\".");
        }

        if (!file[EndianMark..HeaderLength].SequenceEqual("IM"u8))
        {
            throw new InvalidDataException("The .mat file is not little-endian; save it on such a machine, or with SciPy.");
        }
    }

    private static (MatType Type, ReadOnlyMemory<byte> Data) Unpack(ReadOnlyMemory<byte> packed, int needed)
    {
        using var zlib = new ZLibStream(new MemoryStream(packed.ToArray(), writable: false), CompressionMode.Decompress);
        var piece = new byte[1 << 16];
        ReadPiece(zlib, piece.AsSpan(0, MatElements.TagLength));
        var type = (MatType)BinaryPrimitives.ReadUInt32LittleEndian(piece);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(piece.AsSpan(sizeof(uint)));
        if (length > MaxLength)
        {
            throw MatElements.Damaged($"a packed element of {length} bytes");
        }

        // Grows with what really comes: a damaged length must not allocate it.
        using var data = new MemoryStream();
        int wanted = (int)Math.Min(length, needed);
        while (data.Length < wanted)
        {
            Span<byte> part = piece.AsSpan(0, (int)Math.Min(piece.Length, wanted - data.Length));
            ReadPiece(zlib, part);
            data.Write(part);
        }

        return (type, data.ToArray());
    }

    private static void ReadPiece(ZLibStream zlib, Span<byte> piece)
    {
        int read;
        try
        {
            read = zlib.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException)
        {
            // The data is in memory: an error of reading is zlib's too, which tells some damage so.
            throw new InvalidDataException("The .mat file is damaged: an element does not unpack.", damaged);
        }

        if (read < piece.Length)
        {
            throw new InvalidDataException("The .mat file is cut off: a packed element ends too early.");
        }
    }
}
