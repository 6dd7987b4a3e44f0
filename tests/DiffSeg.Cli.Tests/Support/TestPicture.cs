using Microsoft.ML.Data;

namespace DiffSeg.Cli.Tests.Support;

/// <summary>Draws pictures.</summary>
internal static class TestPicture
{
    /// <summary>A PNG whose parts are all there, of a colour type that there is not: decoders refuse it.</summary>
    public static byte[] Undecodable { get; } =
    [
        0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 8, 0, 0, 0, 8, 8, 9, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, .. "IEND"u8, 1, 2, 3, 4,
    ];

    /// <summary>Four fields of different colours.</summary>
    public static string SaveFields(string path, int width, int height)
    {
        return Save(path, width, height, (x, y) => (x < width / 2, y < height / 2) switch
        {
            (true, true) => [230, 160, 20, 255],
            (false, true) => [20, 60, 170, 255],
            (true, false) => [40, 140, 60, 255],
            _ => [235, 235, 230, 255],
        });
    }

    public static string Save(string path, int width, int height, Func<int, int, byte[]> rgba)
    {
        var pixels = new byte[width * height * 4];
        for (int i = 0; i < width * height; i++)
        {
            rgba(i % width, i / width).CopyTo(pixels, 4 * i);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using MLImage image = MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, pixels);
        image.Save(path);
        return path;
    }
}
