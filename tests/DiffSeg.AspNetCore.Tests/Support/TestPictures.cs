using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;

namespace DiffSeg.AspNetCore.Tests.Support;

/// <summary>Bytes of picture files.</summary>
internal static class TestPictures
{
    /// <summary>A PNG of plain regions, other ones for each number.</summary>
    public static byte[] Png(int number, int height = 40, int width = 60)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.png");
        using (var picture = TestData.Picture(height, width, TestData.Regions(number)))
        {
            picture.Save(path);
        }

        return File.ReadAllBytes(path);
    }

    /// <summary>A PNG whose header promises so many pixels; the rest is that of a small one.</summary>
    public static byte[] Bomb(int height, int width)
    {
        byte[] png = Png(0);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(
            png.AsSpan(29), System.IO.Hashing.Crc32.HashToUInt32(png.AsSpan(12, 17)));
        return png;
    }

    /// <summary>A PNG whose parts are whole and whose pixels do not unpack.</summary>
    public static byte[] Damaged()
    {
        byte[] png = Png(0);
        int data = png.AsSpan().IndexOf("IDAT"u8);
        png.AsSpan(data + 4, 40).Fill(0xAA);
        return png;
    }
}
