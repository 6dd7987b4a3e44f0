using System.Buffers.Binary;

namespace DiffSeg.Cli.Tests.Viewing;

/// <summary>BMP files, which ML.NET reads and does not write.</summary>
internal static class Bitmap
{
    private const int HeaderLength = 54;

    public static byte[] OfOneColour(int width, int height, byte red, byte green, byte blue)
    {
        int row = (3 * width + 3) / 4 * 4;
        var file = new byte[HeaderLength + (row * height)];
        "BM"u8.CopyTo(file);
        foreach ((int at, int value) in new[] { (2, file.Length), (10, HeaderLength), (14, 40), (18, width), (22, height), (26, 1), (34, row * height) })
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        }

        file[28] = 24;
        for (int i = 0; i < width * height; i++)
        {
            ReadOnlySpan<byte> pixel = [blue, green, red];
            pixel.CopyTo(file.AsSpan(HeaderLength + (i / width * row) + (i % width * 3)));
        }

        return file;
    }
}
