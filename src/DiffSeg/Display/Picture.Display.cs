using DiffSeg.Display;
using DiffSeg.Display.Notebooks;
using DiffSeg.Pictures.Drawing;

namespace DiffSeg.Pictures;

[TypeFormatterSource]
public sealed partial class Picture : IFigure
{
    private const int LongestSide = 640;

    /// <summary>The picture.</summary>
    /// <returns>A PNG file; its longer side has at most 640 pixels.</returns>
    public byte[] ToPng() => Render(LongestSide).ToPng();

    /// <summary>The picture as an image element.</summary>
    /// <returns>A fragment of HTML, as <see cref="IDisplay.ToHtml"/> says.</returns>
    public string ToHtml() => FragmentStyle.Fragment(Html(LongestSide));

    /// <summary>The picture no larger than asked for, in its proportions: a smaller copy, or itself where it is small enough.</summary>
    /// <param name="longestSide">The longer side has at most these pixels, at least 1.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The side is below 1.</exception>
    public Picture Shrunk(int longestSide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(longestSide, 1);
        return Math.Max(Height, Width) <= longestSide ? this : Render(longestSide).ToPicture();
    }

    Raster IFigure.Render(int longestSide) => Render(longestSide);

    string IFigure.ToHtml(int longestSide) => Html(longestSide);

    private string Html(int longestSide) => HtmlText.Image(Render(longestSide), $"Picture of {Width} x {Height} pixels");

    private Raster Render(int longestSide)
    {
        (int height, int width) = PictureScaling.Fit(Height, Width, longestSide);
        return PictureScaling.Scale(this, height, width);
    }
}
