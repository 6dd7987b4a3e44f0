using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DiffSeg.Tests.DataSets;

/// <summary>Writes .mat files of level 5 from MATLAB's description of the format, independently of the product's reader.</summary>
internal static class MatDraft
{
    public const int UInt8 = 2;
    public const int UInt16 = 4;
    public const int Double = 9;
    private const int Int8 = 1;
    private const int Int32 = 5;
    private const int UInt32 = 6;
    private const int Matrix = 14;
    private const int Compressed = 15;

    /// <summary>A ground truth as BSDS500's: a row of cells with a structure of Segmentation and Boundaries each.</summary>
    public static byte[] GroundTruth(int height, int width, params ushort[][] annotators)
        => File(Packed(Truth(height, width, annotators)));

    public static byte[] Truth(int height, int width, params ushort[][] annotators)
        => Cells("groundTruth", annotators.Select(labels => Structure(
            ("Segmentation", UInt16s(height, width, labels)),
            ("Boundaries", Array("", 9, [height, width], Element(UInt8, new byte[labels.Length]))))));

    public static byte[] File(params byte[][] variables)
    {
        var header = new byte[128];
        Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, Platform: GLNXA64, Created on: Mon Jan 01 00:00:00 2024".PadRight(124)).CopyTo(header, 0);
        (header[124], header[125], header[126], header[127]) = (0, 1, (byte)'I', (byte)'M');
        return [.. header, .. variables.SelectMany(bytes => bytes)];
    }

    public static byte[] Packed(byte[] element)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(element);
        }

        return [.. Number(Compressed), .. Number((int)packed.Length), .. packed.ToArray()];
    }

    public static byte[] Cells(string name, IEnumerable<byte[]> cells)
    {
        byte[][] all = [.. cells];
        return Array(name, 1, [1, all.Length], [.. all.SelectMany(cell => cell)]);
    }

    public static byte[] Structure(params (string Name, byte[] Value)[] fields)
    {
        byte[] names = [.. fields.SelectMany(field => Encoding.ASCII.GetBytes(field.Name.PadRight(32, '\0')))];
        // The length of a field's name comes in the small form.
        byte[] length = [5, 0, 4, 0, 32, 0, 0, 0];
        return Array("", 2, [1, 1], [.. length, .. Element(Int8, names), .. fields.SelectMany(field => field.Value)]);
    }

    /// <summary>Numbers, given row after row, in the smallest type that holds them, as MATLAB writes them.</summary>
    public static byte[] UInt16s(int height, int width, ushort[] labels)
    {
        ushort[] columns = [.. from x in Enumerable.Range(0, width) from y in Enumerable.Range(0, height) select labels[(y * width) + x]];
        return Array("", 11, [height, width], columns.Max() <= byte.MaxValue
            ? Element(UInt8, [.. columns.Select(value => (byte)value)])
            : Element(UInt16, [.. columns.SelectMany(value => new[] { (byte)value, (byte)(value >> 8) })]));
    }

    public static byte[] Doubles(int height, int width, params double[] columns)
        => Array("", 6, [height, width], Element(Double, [.. columns.SelectMany(BitConverter.GetBytes)]));

    public static byte[] Array(string name, int kind, int[] dimensions, byte[] contents)
        => Element(Matrix,
        [
            .. Element(UInt32, [.. Number(kind), .. Number(0)]),
            .. Element(Int32, [.. dimensions.SelectMany(Number)]),
            .. Element(Int8, Encoding.ASCII.GetBytes(name)),
            .. contents,
        ]);

    // Data of up to four bytes lie in the tag, as MATLAB has them.
    public static byte[] Element(int type, byte[] data)
    {
        if (data.Length is > 0 and <= 4)
        {
            return [(byte)type, 0, (byte)data.Length, 0, .. data, .. new byte[4 - data.Length]];
        }

        return [.. Number(type), .. Number(data.Length), .. data, .. new byte[(8 - (data.Length % 8)) % 8]];
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
