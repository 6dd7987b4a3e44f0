using System.Text.RegularExpressions;
using StbImageWriteSharp;

namespace DiffSeg.Notebooks.Tests.Pictures;

/// <summary>
/// Pictures as notebooks store them: photos as JPEG, a fifth of what they are as PNG, so that a notebook stays small enough
/// for a repository. Masks, which have few colours or are transparent, stay as they are.
/// </summary>
internal static partial class StoredPictures
{
    private const int Quality = 80;

    /// <summary>The HTML with its pictures made small.</summary>
    public static string In(string html) => Png().Replace(html, match => Smaller(match.Groups["data"].Value) ?? match.Value);

    private static string? Smaller(string data)
    {
        ShownPicture picture = ShownPicture.Decode(Convert.FromBase64String(data));
        if (!picture.IsOpaque())
        {
            return null;
        }

        using var file = new MemoryStream();
        new ImageWriter().WriteJpg(picture.Rgba(), picture.Width, picture.Height, ColorComponents.RedGreenBlueAlpha, file, Quality);
        string jpeg = Convert.ToBase64String(file.ToArray());
        return jpeg.Length < data.Length ? "data:image/jpeg;base64," + jpeg : null;
    }

    [GeneratedRegex("data:image/png;base64,(?<data>[A-Za-z0-9+/=]+)")]
    private static partial Regex Png();
}
