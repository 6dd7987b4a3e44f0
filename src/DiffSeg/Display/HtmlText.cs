using System.Globalization;
using System.Net;
using DiffSeg.Pictures.Drawing;
using DiffSeg.Pictures.Jpeg;

namespace DiffSeg.Display;

/// <summary>Texts and figures in HTML, the same in every culture.</summary>
internal static class HtmlText
{
    private const int PhotoQuality = 84;

    /// <summary>A text from outside, harmless in an element and in a quoted attribute.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A share as a percentage of two figures or so: 0.1234 is "12%", 0.01234 "1.2%", what is less than 0.05% "&lt;0.1%".</summary>
    public static string Percent(double share) => share switch
    {
        0 => "0%",
        < 0.0005 => "<0.1%",
        < 0.0995 => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + "%",
        _ => (100 * share).ToString("0", CultureInfo.InvariantCulture) + "%",
    };

    /// <summary>A count with its noun: "1 segment", "2 segments", "1,000 segments".</summary>
    public static string Count(int count, string noun, string? nouns = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? noun : nouns ?? noun + "s")}");

    /// <summary>An image element with the picture in it: a PNG where it has few colours or is transparent, else a JPEG.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="alt">What it shows, in words.</param>
    /// <param name="style">Its class; null for none.</param>
    /// <param name="shown">The size at which the browser shows it; null for its own.</param>
    public static string Image(Raster picture, string alt, string? style = null, (int Height, int Width)? shown = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"<img{(style is null ? "" : $" class=\"{style}\"")} width=\"{shown?.Width ?? picture.Width}\" height=\"{shown?.Height ?? picture.Height}\" alt=\"{Encode(alt)}\" src=\"{DataUri(picture)}\">");

    private static string DataUri(Raster picture) => picture.IsPhoto
        ? "data:image/jpeg;base64," + Convert.ToBase64String(JpegWriter.Write(picture, PhotoQuality))
        : "data:image/png;base64," + Convert.ToBase64String(picture.ToPng());
}
