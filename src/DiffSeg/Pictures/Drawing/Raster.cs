using System.Runtime.InteropServices;

namespace DiffSeg.Pictures.Drawing;

/// <summary>Pixels to draw on, <see cref="PixelOrder.Rgba32"/>; what falls outside is cut off.</summary>
internal sealed class Raster
{
    /// <summary>A picture of one colour.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="colour">The colour, opaque.</param>
    public Raster(int height, int width, Rgb colour = default)
    {
        (Height, Width, Pixels) = (height, width, new byte[checked(4 * height * width)]);
        MemoryMarshal.Cast<byte, uint>(Pixels.AsSpan()).Fill(Pack(colour));
    }

    public int Height { get; }

    public int Width { get; }

    /// <summary>Height x width pixels of four bytes: red, green, blue, alpha.</summary>
    public byte[] Pixels { get; }

    /// <summary>Whether it is opaque with more colours than a byte can tell apart.</summary>
    public bool IsPhoto => PicturePng.IsOpaque(Pixels)
        && PngColours.Of(MemoryMarshal.Cast<byte, uint>(Pixels.AsSpan()), PixelOrder.Rgba32) is null;

    public Rgb this[int y, int x]
    {
        get
        {
            int at = 4 * ((y * Width) + x);
            return new Rgb(Pixels[at], Pixels[at + 1], Pixels[at + 2]);
        }

        set
        {
            int at = 4 * ((y * Width) + x);
            (Pixels[at], Pixels[at + 1], Pixels[at + 2], Pixels[at + 3]) = (value.Red, value.Green, value.Blue, byte.MaxValue);
        }
    }

    /// <summary>The four bytes of an opaque pixel as they lie in memory.</summary>
    public static uint Pack(Rgb colour, byte alpha = byte.MaxValue)
    {
        ReadOnlySpan<byte> bytes = [colour.Red, colour.Green, colour.Blue, alpha];
        return MemoryMarshal.Read<uint>(bytes);
    }

    /// <summary>One colour over another, in whole numbers.</summary>
    /// <param name="below">The colour beneath.</param>
    /// <param name="above">The colour on top.</param>
    /// <param name="alpha">Share of the colour on top, 0 to 256.</param>
    public static Rgb Mix(Rgb below, Rgb above, int alpha) => new(
        Mix(below.Red, above.Red, alpha), Mix(below.Green, above.Green, alpha), Mix(below.Blue, above.Blue, alpha));

    /// <summary>Mixes a colour into one pixel.</summary>
    public void Blend(int y, int x, Rgb colour, int alpha)
    {
        if ((uint)y < (uint)Height && (uint)x < (uint)Width)
        {
            this[y, x] = Mix(this[y, x], colour, alpha);
        }
    }

    /// <summary>Fills a rectangle.</summary>
    public void Fill(int top, int left, int height, int width, Rgb colour)
    {
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(Pixels.AsSpan());
        int from = Math.Max(0, left), to = Math.Min(Width, left + width);
        for (int y = Math.Max(0, top); y < Math.Min(Height, top + height) && from < to; y++)
        {
            pixels[((y * Width) + from)..((y * Width) + to)].Fill(Pack(colour));
        }
    }

    /// <summary>A copy of a part, which must lie inside.</summary>
    public Raster Cut(BoundingBox part)
    {
        var cut = new Raster(part.Height, part.Width);
        for (int y = 0; y < part.Height; y++)
        {
            Pixels.AsSpan(4 * (((part.Top + y) * Width) + part.Left), 4 * part.Width).CopyTo(cut.Pixels.AsSpan(4 * y * part.Width));
        }

        return cut;
    }

    /// <summary>Lays another picture over this one; it must lie inside.</summary>
    public void Draw(Raster other, int top, int left)
    {
        for (int y = 0; y < other.Height; y++)
        {
            other.Pixels.AsSpan(4 * y * other.Width, 4 * other.Width).CopyTo(Pixels.AsSpan(4 * (((top + y) * Width) + left)));
        }
    }

    /// <summary>The picture as a PNG file.</summary>
    public byte[] ToPng()
    {
        using var file = new MemoryStream();
        PicturePng.Write(file, Pixels, Height, Width, PixelOrder.Rgba32);
        return file.ToArray();
    }

    /// <summary>The pixels as a picture, not copied.</summary>
    public Picture ToPicture() => new(Pixels, Height, Width, PixelOrder.Rgba32);

    private static byte Mix(byte below, byte above, int alpha) => (byte)(((below * (256 - alpha)) + (above * alpha) + 128) >> 8);
}
