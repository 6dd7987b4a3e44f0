using System.Buffers.Binary;
using DiffSeg.Tests.Pictures.Files;

namespace DiffSeg.MLNet.Tests.Support;

/// <summary>Files that give no picture, one for every way, and what a status says of each.</summary>
internal static class BadPictures
{
    /// <summary>By path relative to a folder that they were written to; some are no files at all.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        [""] = "has an empty path",
        ["gone.jpg"] = "is not there",
        ["no-folder/gone.jpg"] = "is not there",
        ["folder.jpg"] = "is a folder, not a picture",
        ["a\0b.jpg"] = "has a name that no file can have",
        ["empty.png"] = "is empty",
        ["text.jpg"] = "is a text, not a picture",
        ["tiff.jpg"] = "is a TIFF or raw picture, which is not read; convert it to JPEG or PNG",
        ["phone.jpg"] = "is a HEIC, AVIF or video file, which is not read; convert it to JPEG or PNG",
        ["noise.jpg"] = "is of no known kind: not a JPEG, PNG, GIF, BMP or WebP",
        ["cut.jpg"] = "is cut off: the end of the JPEG is missing",
        ["cut.png"] = "is cut off: the end of the PNG is missing",
        ["cut.gif"] = "is cut off: the end of the GIF is missing",
        ["cut.webp"] = "is cut off: the end of the WebP is missing",
        ["bomb.png"] = "is 100,000 x 100,000 pixels, more than the limit of 200,000,000 in all",
        ["no-size.png"] = "is damaged: the PNG gives no size",
        ["unknown-colours.png"] = "cannot be decoded: it is damaged, or of a kind that ML.NET does not read",
    };

    /// <summary>Writes them.</summary>
    public static void WriteTo(TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder.File("folder.jpg"));
        Write("empty.png", []);
        Write("text.jpg", "This is no picture."u8);
        Write("tiff.jpg", [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0]);
        Write("phone.jpg", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0]);
        Write("noise.jpg", [0, 1, 2, 3, 250, 251, 252]);
        Write("cut.jpg", Half("progressive.jpg"));
        Write("cut.png", Half("sixteen-bit.png"));
        Write("cut.gif", Half("animated.gif"));
        Write("cut.webp", Half("lossy.webp"));
        Write("bomb.png", Png(bytes => Sides(bytes, 100_000)));
        Write("no-size.png", Png(bytes => Sides(bytes, 0)));
        Write("unknown-colours.png", Png(bytes => bytes[25] = 9));

        void Write(string name, ReadOnlySpan<byte> bytes) => File.WriteAllBytes(folder.File(name), bytes);
    }

    private static byte[] Half(string sample) => SamplePictures.All[sample][..(SamplePictures.All[sample].Length / 2)];

    private static byte[] Png(Action<byte[]> edit)
    {
        byte[] bytes = [.. SamplePictures.All["sixteen-bit.png"]];
        edit(bytes);
        return bytes;
    }

    private static void Sides(byte[] png, int side)
    {
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), side);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), side);
    }
}
