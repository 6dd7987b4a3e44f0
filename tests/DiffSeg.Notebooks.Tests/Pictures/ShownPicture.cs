using System.Text.RegularExpressions;
using Microsoft.ML.Data;

namespace DiffSeg.Notebooks.Tests.Pictures;

/// <summary>A picture that HTML has within it.</summary>
internal sealed partial class ShownPicture
{
    /// <summary>What a picture has at least that shows something: this many different colours.</summary>
    private const int FewColours = 4;

    private const int BytesPerPixel = 4;

    private readonly byte[] _pixels;
    private readonly MLPixelFormat _format;

    private ShownPicture(MLImage image)
    {
        (Width, Height, _format) = (image.Width, image.Height, image.PixelFormat);
        _pixels = image.Pixels.ToArray();
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The pictures of some HTML, in their order.</summary>
    /// <exception cref="ArgumentException">A picture cannot be decoded.</exception>
    public static IReadOnlyList<ShownPicture> In(string? html) =>
        [.. Inlined().Matches(html ?? "").Select(match => Decode(Convert.FromBase64String(match.Groups["data"].Value)))];

    /// <summary>Whether pictures that are shown together, such as a photo and the layer over it, are all of very few colours.</summary>
    public static bool AreBlank(IEnumerable<ShownPicture> pictures) => pictures.All(picture => picture.IsBlank());

    /// <summary>Mean difference of the pixels' bytes to those of another picture of the same size, 0 to 255.</summary>
    public double Difference(ShownPicture other)
    {
        byte[] mine = Rgba(), others = other.Rgba();
        long sum = 0;
        for (int at = 0; at < mine.Length; at++)
        {
            sum += Math.Abs(mine[at] - others[at]);
        }

        return (double)sum / mine.Length;
    }

    private bool IsBlank()
    {
        var colours = new HashSet<int>();
        for (int at = 0; at < _pixels.Length && colours.Count < FewColours; at += BytesPerPixel)
        {
            colours.Add(BitConverter.ToInt32(_pixels, at));
        }

        return colours.Count < FewColours;
    }

    private static ShownPicture Decode(byte[] file)
    {
        using var stream = new MemoryStream(file);
        using MLImage image = MLImage.CreateFromStream(stream);
        return new ShownPicture(image);
    }

    /// <summary>The pixels as red, green, blue and alpha.</summary>
    private byte[] Rgba()
    {
        byte[] pixels = [.. _pixels];
        for (int at = 0; at < pixels.Length && _format == MLPixelFormat.Bgra32; at += BytesPerPixel)
        {
            (pixels[at], pixels[at + 2]) = (pixels[at + 2], pixels[at]);
        }

        return pixels;
    }

    [GeneratedRegex("data:image/(png|jpeg);base64,(?<data>[A-Za-z0-9+/=]+)")]
    private static partial Regex Inlined();
}
