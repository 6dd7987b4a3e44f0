using System.Buffers.Binary;
using Microsoft.ML.Data;
using NetVips;

namespace DiffSeg.StandIn;

/// <summary>Picture files, through libvips.</summary>
internal static class PictureFile
{
    /// <summary>What ML.NET knows as an ending but cannot write.</summary>
    private static readonly string[] ReadOnly =
        [".bmp", ".gif", ".ico", ".astc", ".avif", ".dng", ".heif", ".ktx", ".pkm", ".wbmp"];

    // Length, name and checksum.
    private const int ChunkFrame = 12;

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    // Each file is read once: keeping operations for the next time would only keep memory.
    static PictureFile() => Cache.Max = 0;

    /// <summary>BGRA, colours multiplied by alpha; null for what is no picture, or less than its header.</summary>
    public static Raster? Decode(byte[] file)
    {
        try
        {
            using Image picture = Open(file);
            bool isOpaque = !picture.HasAlpha();
            using Image colours = picture.Colourspace(Enums.Interpretation.Srgb);
            using Image bytes = colours.Cast(Enums.BandFormat.Uchar);
            using Image rgba = isOpaque ? bytes.Bandjoin(255) : bytes.Copy();
            var raster = new Raster(rgba.Width, rgba.Height, Read(file, rgba), isOpaque);
            ToMultipliedBgra(raster.Bytes);
            return raster;
        }
        catch (VipsException)
        {
            return null;
        }
    }

    public static void Save(Raster raster, MLPixelFormat format, string path)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (ReadOnly.Contains(extension))
        {
            throw new ArgumentException($"Saving image with the format '{extension}' is not supported. " +
                "Try save it with `Jpeg`, `Png`, or `Webp` format.", "imagePath");
        }
        if (extension is not (".png" or ".jpg" or ".jpeg" or ".webp"))
        {
            throw new ArgumentException("Path has invalid image file extension.", "imagePath");
        }

        using Image rgba = Image.NewFromMemory(
            ToStraightRgba(raster, format), raster.Width, raster.Height, Raster.BytesPerPixel, Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
        using Image rgb = rgba.ExtractBand(0, n: 3);
        Image picture = raster.IsOpaque || extension is ".jpg" or ".jpeg" ? rgb : rgba;
        File.WriteAllBytes(path, extension == ".png"
            ? picture.WriteToBuffer(".png")
            : picture.WriteToBuffer(extension, new VOption { { "Q", 100 } }));
    }

    private static Image Open(byte[] file) =>
        Image.NewFromBuffer(file, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated);

    /// <summary>All rows; of a file that breaks off, the rows before that, the others zero.</summary>
    private static byte[] Read(byte[] file, Image rgba)
    {
        try
        {
            return rgba.WriteToMemory<byte>();
        }
        catch (VipsException) when (!IsWholePng(file))
        {
            return ReadUntilError(file, rgba.Width, rgba.Height);
        }
    }

    /// <summary>Whether all chunks of a PNG are there: what is wrong with one is damage then, which ML.NET's decoder refuses.</summary>
    private static bool IsWholePng(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(PngSignature))
        {
            return false;
        }

        long at = PngSignature.Length;
        while (at + ChunkFrame <= file.Length && !file.Slice((int)at + 4, 4).SequenceEqual("IEND"u8))
        {
            at += ChunkFrame + BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]);
        }

        return at + ChunkFrame <= file.Length;
    }

    private static byte[] ReadUntilError(byte[] file, int width, int height)
    {
        var pixels = new byte[width * height * Raster.BytesPerPixel];
        using Image picture = Open(file);
        using Image colours = picture.Colourspace(Enums.Interpretation.Srgb);
        using Image bytes = colours.Cast(Enums.BandFormat.Uchar);
        using Image rgba = picture.HasAlpha() ? bytes.Copy() : bytes.Bandjoin(255);
        using Region region = Region.New(rgba);
        try
        {
            for (int y = 0; y < height; y++)
            {
                region.Fetch(0, y, width, 1).CopyTo(pixels, y * width * Raster.BytesPerPixel);
            }
        }
        catch (VipsException)
        {
            // The rows that were read are the picture.
        }
        return pixels;
    }

    private static void ToMultipliedBgra(byte[] rgba)
    {
        for (int i = 0; i < rgba.Length; i += Raster.BytesPerPixel)
        {
            byte alpha = rgba[i + 3];
            (rgba[i], rgba[i + 1], rgba[i + 2]) =
                (Multiply(rgba[i + 2], alpha), Multiply(rgba[i + 1], alpha), Multiply(rgba[i], alpha));
        }
    }

    private static byte[] ToStraightRgba(Raster raster, MLPixelFormat format)
    {
        var rgba = new byte[raster.Bytes.Length];
        (int red, int blue) = format == MLPixelFormat.Bgra32 ? (2, 0) : (0, 2);
        for (int i = 0; i < rgba.Length; i += Raster.BytesPerPixel)
        {
            byte alpha = raster.Bytes[i + 3];
            byte divisor = raster.IsOpaque ? byte.MaxValue : alpha;
            rgba[i] = Divide(raster.Bytes[i + red], divisor);
            rgba[i + 1] = Divide(raster.Bytes[i + 1], divisor);
            rgba[i + 2] = Divide(raster.Bytes[i + blue], divisor);
            rgba[i + 3] = alpha;
        }
        return rgba;
    }

    private static byte Multiply(byte colour, byte alpha) => (byte)((colour * alpha + 127) / 255);

    private static byte Divide(byte colour, byte alpha) =>
        alpha == 0 ? (byte)0 : (byte)Math.Min(255, (colour * 255 + alpha / 2) / alpha);
}
