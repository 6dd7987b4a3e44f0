using System.Globalization;
using DiffSeg.Display;
using DiffSeg.Display.Notebooks;
using DiffSeg.Pictures.Drawing;

namespace DiffSeg;

[TypeFormatterSource]
public sealed partial class AttentionMap : IFigure
{
    private const int LongestSide = 640;
    private const int SmallestSide = 320;

    /// <summary>The weights as heat over the picture in greys, or alone where the picture is not known; the spot is marked.</summary>
    /// <returns>A PNG file; its longer side has at most 640 pixels.</returns>
    public byte[] ToPng() => Render(LongestSide).ToPng();

    /// <summary>The picture of <see cref="ToPng"/> with the scale of its colours.</summary>
    /// <returns>A fragment of HTML, as <see cref="IDisplay.ToHtml"/> says.</returns>
    public string ToHtml()
    {
        Raster picture = Render(LongestSide);
        return FragmentStyle.Fragment(
            HtmlText.Image(picture, Described()) + HeatLegend.Html(HeatPainter.Hottest(Values), picture.Width));
    }

    Raster IFigure.Render(int longestSide) => Render(longestSide);

    string IFigure.ToHtml(int longestSide) => HtmlText.Image(Render(longestSide), Described());

    private string Described()
    {
        string spot = Point is { } point ? string.Create(CultureInfo.InvariantCulture, $" of the spot ({point.X}, {point.Y})") : "";
        return string.Create(CultureInfo.InvariantCulture, $"Attention{spot} as heat, {Width} x {Height} tokens");
    }

    private Raster Render(int longestSide)
    {
        (int height, int width) = Picture is null ? (Grid.OutputHeight, Grid.OutputWidth) : (Picture.Height, Picture.Width);
        int enlarged = Math.Max(1, SmallestSide / Math.Max(height, width));
        (int Height, int Width) shown = PictureScaling.Fit(
            Picture is null ? enlarged * height : height, Picture is null ? enlarged * width : width, longestSide);
        Raster picture = HeatPainter.Paint(this, shown);
        if (Point is { } point)
        {
            SpotMarks.Ring(
                picture,
                ((point.Y + 0.5) * shown.Height / Grid.OutputHeight) - 0.5,
                ((point.X + 0.5) * shown.Width / Grid.OutputWidth) - 0.5);
        }

        return picture;
    }
}
