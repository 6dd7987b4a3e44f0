using DiffSeg.Pictures.Drawing;

namespace DiffSeg.Pictures.Jpeg;

/// <summary>
/// Photos as baseline JPEG files (ITU-T T.81) with colour at half the resolution: a page weighs a sixth of what it would
/// with PNGs. Our own because the core has no image library, and one that is only needed for pages would come with every
/// use of it. Whole numbers throughout: the same bytes on every machine.
/// </summary>
internal static class JpegWriter
{
    private const int Block = 8;
    private const int Unit = 2 * Block;

    /// <summary>Writes a picture; its alpha is not looked at.</summary>
    /// <param name="picture">The picture, at most 65,535 pixels a side.</param>
    /// <param name="quality">1 to 100, on the scale that most programs share.</param>
    /// <returns>A JPEG file.</returns>
    public static byte[] Write(Raster picture, int quality)
    {
        byte[] light = JpegTables.Quantisation(JpegTables.Light, quality), colour = JpegTables.Quantisation(JpegTables.Colour, quality);
        using var file = new MemoryStream();
        WriteHead(file, picture, light, colour);

        var bits = new JpegBits(file);
        JpegChannel y = new(bits, light, JpegTables.LightDc, JpegTables.LightAc);
        JpegChannel cb = new(bits, colour, JpegTables.ColourDc, JpegTables.ColourAc);
        JpegChannel cr = new(bits, colour, JpegTables.ColourDc, JpegTables.ColourAc);
        JpegUnit unit = new();
        int[] block = new int[Block * Block];
        for (int top = 0; top < picture.Height; top += Unit)
        {
            for (int left = 0; left < picture.Width; left += Unit)
            {
                unit.Read(picture, top, left);
                for (int part = 0; part < 4; part++)
                {
                    unit.Light(part / 2 * Block, part % 2 * Block, block);
                    y.Write(block);
                }

                unit.HalfSize(unit.Blue, block);
                cb.Write(block);
                unit.HalfSize(unit.Red, block);
                cr.Write(block);
            }
        }

        bits.Finish();
        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    private static void WriteHead(Stream file, Raster picture, byte[] light, byte[] colour)
    {
        file.Write([0xFF, 0xD8]);
        Segment(file, 0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        Segment(file, 0xDB, [0, .. light, 1, .. colour]);
        Segment(
            file,
            0xC0,
            [
                8, (byte)(picture.Height >> 8), (byte)picture.Height, (byte)(picture.Width >> 8), (byte)picture.Width,
                3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1,
            ]);
        Segment(
            file,
            0xC4,
            [
                0x00, .. JpegTables.LightDc.Definition, 0x10, .. JpegTables.LightAc.Definition,
                0x01, .. JpegTables.ColourDc.Definition, 0x11, .. JpegTables.ColourAc.Definition,
            ]);
        Segment(file, 0xDA, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
    }

    // The length counts its own two bytes.
    private static void Segment(Stream file, byte marker, ReadOnlySpan<byte> contents)
    {
        int length = contents.Length + 2;
        file.Write([0xFF, marker, (byte)(length >> 8), (byte)length]);
        file.Write(contents);
    }
}
