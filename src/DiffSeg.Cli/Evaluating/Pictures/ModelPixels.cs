namespace DiffSeg.Cli.Evaluating.Pictures;

/// <summary>What a model is given of a picture: [3, H, W], red, green, blue, from -1 to 1.</summary>
/// <remarks>
/// Resized as the published evaluation does: bilinear, half-pixel centres, edges repeated, no antialiasing, without
/// rounding to bytes in between. The same bits on every machine, unlike those of a graphics library.
/// </remarks>
internal static class ModelPixels
{
    // Black, as ML.NET's bars are.
    private const float Bar = -1;

    /// <summary>What says how pictures are prepared, for keys of what is kept.</summary>
    public const string Version = "bilinear-1";

    /// <summary>Makes them.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="placement">Which part of it, and where.</param>
    /// <param name="height">Rows of the model's input.</param>
    /// <param name="width">Columns of the model's input.</param>
    public static float[] Of(PictureBytes picture, PicturePlacement placement, int height, int width)
    {
        var pixels = new float[3 * height * width];
        if (placement.Place != (0, 0, height, width))
        {
            pixels.AsSpan().Fill(Bar);
        }

        Tap[] down = Tap.Row(placement.Part.Top, placement.Part.Height, placement.Place.Height);
        Tap[] across = Tap.Row(placement.Part.Left, placement.Part.Width, placement.Place.Width);
        (int red, int green, int blue) = picture.Channels;
        int plane = height * width;
        for (int y = 0; y < down.Length; y++)
        {
            ReadOnlySpan<byte> upper = Row(picture, down[y].First), lower = Row(picture, down[y].Second);
            int at = ((placement.Place.Top + y) * width) + placement.Place.Left;
            for (int x = 0; x < across.Length; x++, at++)
            {
                Tap tap = across[x];
                pixels[at] = Value(upper, lower, red, tap, down[y].Share);
                pixels[at + plane] = Value(upper, lower, green, tap, down[y].Share);
                pixels[at + (2 * plane)] = Value(upper, lower, blue, tap, down[y].Share);
            }
        }

        return pixels;
    }

    private static ReadOnlySpan<byte> Row(PictureBytes picture, int row) =>
        picture.Pixels.AsSpan(4 * row * picture.Width, 4 * picture.Width);

    private static float Value(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, int channel, Tap tap, float down)
    {
        int first = (4 * tap.First) + channel, second = (4 * tap.Second) + channel;
        float above = upper[first] + ((upper[second] - upper[first]) * tap.Share);
        float below = lower[first] + ((lower[second] - lower[first]) * tap.Share);
        return ((above + ((below - above) * down)) / 127.5f) - 1;
    }
}
