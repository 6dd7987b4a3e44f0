namespace DiffSeg.Cli.Tests.Viewing;

/// <summary>A JPEG whose EXIF data says that it is to be turned by a quarter when it is shown.</summary>
internal static class ExifJpeg
{
    public static void SaveTurned(string jpeg, string path)
    {
        byte[] bytes = File.ReadAllBytes(jpeg);
        File.WriteAllBytes(path, [.. bytes[..2], .. Orientation, .. bytes[2..]]);
    }

    // APP1 of 34 bytes: "Exif", a big-endian TIFF header, one directory with one entry: orientation (0x0112), a short, 6.
    private static ReadOnlySpan<byte> Orientation =>
    [
        0xFF, 0xE1, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0,
        (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8,
        0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
    ];
}
