using DiffSeg.Display;
using DiffSeg.Pictures.Drawing;

namespace DiffSeg.Pictures;

public sealed partial class Picture : IDisplay
{
    private const int LongestSide = 640;

    /// <summary>The picture.</summary>
    /// <returns>A PNG file; its longer side has at most 640 pixels.</returns>
    public byte[] ToPng() => Render(LongestSide).ToPng();

    /// <summary>The picture as an image element.</summary>
    /// <returns>A fragment of HTML, as <see cref="IDisplay.ToHtml"/> says.</returns>
    public string ToHtml()
    {
        Raster picture = Render(LongestSide);
        return FragmentStyle.Fragment(
            HtmlText.Image(picture.ToPng(), picture.Height, picture.Width, $"Picture of {Width} x {Height} pixels"));
    }

    /// <summary>The picture as pixels.</summary>
    internal Raster Render(int longestSide)
    {
        (int height, int width) = PictureScaling.Fit(Height, Width, longestSide);
        return PictureScaling.Scale(this, height, width);
    }
}
