using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using DiffSeg.MLNet.Tests.Data;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Support;

/// <summary>Picture files of kinds that MLImage cannot write.</summary>
internal static class PictureFiles
{
    /// <summary>A PNG of 8 bits a channel: 1 channel is grey, 3 is RGB, 4 is RGBA.</summary>
    public static void WritePng(string path, int height, int width, int channels, Func<int, int, int, byte> value)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, (byte)(channels switch { 1 => 0, 3 => 2, _ => 6 }));
        using var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int y = 0; y < height; y++)
            {
                deflate.WriteByte(0);
                deflate.Write([.. Enumerable.Range(0, width * channels).Select(i => value(y, i / channels, i % channels))]);
            }
        }

        using FileStream file = File.Create(path);
        file.Write([137, 80, 78, 71, 13, 10, 26, 10]);
        Chunk(file, "IHDR", header);
        Chunk(file, "IDAT", data.ToArray());
        Chunk(file, "IEND", []);
    }

    /// <summary>A JPEG of plain regions.</summary>
    public static byte[] Jpeg(int height, int width, Func<double, double, int> regionAt)
    {
        using var folder = new TemporaryFolder();
        using MLImage picture = TestData.Picture(height, width, regionAt);
        picture.Save(folder.File("a.jpg"));
        return File.ReadAllBytes(folder.File("a.jpg"));
    }

    /// <summary>The JPEG with an EXIF block that says how the camera was held (1 to 8).</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        // "Exif", a big-endian TIFF header, one entry: tag 0x0112, type SHORT, one value.
        byte[] exif =
        [
            .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }

    private static void Chunk(Stream file, string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(named));
        file.Write(number);
    }
}
