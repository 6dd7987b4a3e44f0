namespace DiffSeg.Pictures.Drawing;

/// <summary>Paints the weights of an attention map as heat, over the picture in greys where there is one.</summary>
internal static class HeatPainter
{
    // The picture beneath is darkened to this range of greys, so that it cannot be taken for heat.
    private const int Darkest = 24;
    private const int GreyRange = 150;

    // Where nothing is, the picture shines through most; what is hot covers it.
    private const int LeastAlpha = 90;
    private const int MostAlpha = 226;

    /// <summary>The weight that is painted hottest: all but one in two hundred tokens stay below it.</summary>
    /// <param name="values">The weights of a map.</param>
    /// <remarks>The largest weight would do badly: often a single token, the asked one itself, has most of all.</remarks>
    public static float Hottest(ReadOnlySpan<float> values)
    {
        float[] sorted = values.ToArray();
        Array.Sort(sorted);
        float most = sorted[sorted.Length - 1 - (sorted.Length / 200)];
        return most > 0 ? most : sorted[^1];
    }

    /// <summary>Paints a map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="shown">Size of the picture to make.</param>
    public static Raster Paint(AttentionMap map, (int Height, int Width) shown)
    {
        byte[] levels = Levels(map.Values, map.Height, map.Width, map.Grid, shown, Hottest(map.Values));
        Raster? picture = map.Picture is null ? null : PictureScaling.Scale(map.Picture, shown.Height, shown.Width);
        var heat = new Raster(shown.Height, shown.Width);
        for (int i = 0; i < levels.Length; i++)
        {
            (int y, int x) = (i / shown.Width, i % shown.Width);
            Rgb hot = HeatScale.Colour(levels[i]);
            heat[y, x] = picture is null
                ? hot
                : Raster.Mix(Grey(picture[y, x]), hot, LeastAlpha + ((MostAlpha - LeastAlpha) * levels[i] / byte.MaxValue));
        }

        return heat;
    }

    /// <summary>The heat of each pixel.</summary>
    /// <param name="values">Height x width weights.</param>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="grid">Where the picture lies on the map.</param>
    /// <param name="shown">Size of the picture to make.</param>
    /// <param name="hottest">The weight that counts 255.</param>
    /// <returns>0 to 255 for each pixel, linear in the weight.</returns>
    public static byte[] Levels(
        ReadOnlySpan<float> values, int height, int width, MaskGrid grid, (int Height, int Width) shown, float hottest)
    {
        BilinearAxis rows = BilinearAxis.Create(height, shown.Height, grid.Top, grid.SpanHeight);
        BilinearAxis columns = BilinearAxis.Create(width, shown.Width, grid.Left, grid.SpanWidth);
        float[] wide = new float[height * shown.Width];
        for (int y = 0; y < height; y++)
        {
            columns.Resample(values.Slice(y * width, width), wide.AsSpan(y * shown.Width, shown.Width));
        }

        byte[] levels = new byte[shown.Height * shown.Width];
        float scale = hottest > 0 ? byte.MaxValue / hottest : 0;
        for (int y = 0; y < shown.Height; y++)
        {
            ReadOnlySpan<float> upper = wide.AsSpan(rows.Lower[y] * shown.Width, shown.Width);
            ReadOnlySpan<float> lower = wide.AsSpan(rows.Upper[y] * shown.Width, shown.Width);
            float weight = rows.UpperWeight[y];
            for (int x = 0; x < shown.Width; x++)
            {
                float value = upper[x] + ((lower[x] - upper[x]) * weight);
                levels[(y * shown.Width) + x] = (byte)Math.Clamp((value * scale) + 0.5f, 0, byte.MaxValue);
            }
        }

        return levels;
    }

    /// <summary>How light a colour is, 0 to 255, by the weights of Rec. 709 in parts of 256.</summary>
    public static int Luma(Rgb colour) => ((54 * colour.Red) + (183 * colour.Green) + (19 * colour.Blue)) >> 8;

    private static Rgb Grey(Rgb colour)
    {
        byte level = (byte)(Darkest + (GreyRange * Luma(colour) / byte.MaxValue));
        return new Rgb(level, level, level);
    }
}
