using System.Globalization;
using System.Net;

namespace DiffSeg.Display;

/// <summary>Texts and figures in HTML, the same in every culture.</summary>
internal static class HtmlText
{
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
    public static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>A picture file as an address that holds it.</summary>
    public static string DataUri(byte[] png) => "data:image/png;base64," + Convert.ToBase64String(png);

    /// <summary>An image element with a PNG in it.</summary>
    /// <param name="png">The file.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="alt">What it shows, in words.</param>
    /// <param name="style">Its class; null for none.</param>
    public static string Image(byte[] png, int height, int width, string alt, string? style = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"<img{(style is null ? "" : $" class=\"{style}\"")} width=\"{width}\" height=\"{height}\" alt=\"{Encode(alt)}\" src=\"{DataUri(png)}\">");
}
