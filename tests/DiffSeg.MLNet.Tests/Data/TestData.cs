using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Data;

/// <summary>Data by name, so that a fresh process can make the same again.</summary>
internal static class TestData
{
    public const string Attention = "attention";
    public const string Pictures = "pictures";
    public const string Pixels = "pixels";
    public const int PictureHeight = 90;
    public const int PictureWidth = 160;
    public const int MaskHeight = 48;
    public const int MaskWidth = 64;

    /// <summary>"attention", "pictures", "pixels", or paths of pictures, separated by '|'.</summary>
    public static IDataView Make(MLContext ml, string name) => name switch
    {
        Attention => ml.Data.LoadFromEnumerable(AttentionRows(5)),
        Pictures => ml.Data.LoadFromEnumerable(PictureRows(3)),
        Pixels => ml.Data.LoadFromEnumerable(PixelRows(3), PixelRow.Schema()),
        _ => ml.Data.LoadFromEnumerable(name.Split('|').Select(path => new PathRow { ImagePath = path })),
    };

    public static AttentionRow[] AttentionRows(int count) => [.. Enumerable.Range(0, count).Select(AttentionRow)];

    public static AttentionRow AttentionRow(int index)
    {
        float[] fine = SyntheticAttention.Map(16, 16, Regions(index));
        return new AttentionRow
        {
            Name = $"row {index}",
            Fine = fine,
            Coarse = SyntheticAttention.Map(8, 8, Regions(index)),
            Loose = fine,
            Picture = Picture(PictureHeight, PictureWidth, Regions(index)),
        };
    }

    public static PictureRow[] PictureRows(int count) => [.. Enumerable.Range(0, count).Select(index => new PictureRow
    {
        Name = $"picture {index}",
        Picture = Picture(PictureHeight, PictureWidth, Regions(index)),
        Labels = Labels(MaskHeight, MaskWidth, Regions(index)),
    })];

    public static PixelRow[] PixelRows(int count) => [.. Enumerable.Range(0, count).Select(index => new PixelRow
    {
        Name = $"pixels {index}",
        Values = PixelsOf(PixelRow.Side, Regions(index)),
    })];

    /// <summary>Red, green and blue of a square picture in [-1, 1], as an attention model takes them.</summary>
    public static float[] PixelsOf(int side, Func<double, double, int> regionAt)
    {
        float[] values = new float[3 * side * side];
        for (int i = 0; i < side * side; i++)
        {
            (byte red, byte green, byte blue) = Colour(regionAt(((i / side) + 0.5) / side, ((i % side) + 0.5) / side));
            (values[i], values[(side * side) + i], values[(2 * side * side) + i])
                = ((red / 127.5f) - 1, (green / 127.5f) - 1, (blue / 127.5f) - 1);
        }

        return values;
    }

    /// <summary>Another division of the unit square for each index; the borders lie on an 8 x 8 grid.</summary>
    public static Func<double, double, int> Regions(int index) => (index % 4) switch
    {
        0 => (_, x) => x < 0.5 ? 0 : 1,
        1 => (y, x) => (y < 0.25 ? 0 : 1) + (x < 0.75 ? 0 : 2),
        2 => (y, _) => (int)(y * 4),
        _ => (y, x) => y is > 0.25 and < 0.75 && x is > 0.25 and < 0.75 ? 1 : 0,
    };

    /// <summary>A picture with a strong plain colour per region.</summary>
    public static MLImage Picture(int height, int width, Func<double, double, int> regionAt)
    {
        byte[] pixels = new byte[height * width * 4];
        for (int i = 0; i < height * width; i++)
        {
            (byte red, byte green, byte blue) = Colour(regionAt(((i / width) + 0.5) / height, ((i % width) + 0.5) / width));
            (pixels[4 * i], pixels[(4 * i) + 1], pixels[(4 * i) + 2], pixels[(4 * i) + 3]) = (red, green, blue, 255);
        }

        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, pixels);
    }

    public static ushort[] Labels(int height, int width, Func<double, double, int> regionAt)
        => [.. Enumerable.Range(0, height * width).Select(
            i => (ushort)regionAt(((i / width) + 0.5) / height, ((i % width) + 0.5) / width))];

    private static (byte Red, byte Green, byte Blue) Colour(int region) => (region % 5) switch
    {
        0 => (220, 40, 40),
        1 => (40, 80, 220),
        2 => (250, 220, 60),
        3 => (20, 140, 70),
        _ => (235, 235, 235),
    };
}
