namespace DiffSeg.Pictures;

public static partial class LabelPng
{
    /// <summary>Largest mask that <see cref="Read"/> takes, in pixels: a guard against files that lie about their size.</summary>
    public const int MaxPixels = 1 << 28;

    /// <summary>
    /// Reads a mask whose pixel values are labels: an indexed or a grey PNG of 1, 2, 4, 8 or (grey) 16 bits, as
    /// <see cref="Write"/>, annotation tools and public data sets write them. Colours are not looked at.
    /// </summary>
    /// <param name="stream">A PNG file from its beginning; stays open.</param>
    /// <returns>The labels and their size.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="InvalidDataException">
    /// Not a PNG, a damaged one, or one of another kind (colour, interlaced, too large); the message says which.
    /// </exception>
    public static LabelImage Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var png = new PngReader(stream);
        return png.Header.HasColours
            ? throw new InvalidDataException(
                "The PNG holds colours, not labels; a label mask is an indexed or a grey PNG. Was this an overlay?")
            : new LabelImage(png.Header.Height, png.Header.Width, png.ReadSamples());
    }
}
