using System.Globalization;
using DiffSeg.Display;
using DiffSeg.Display.Notebooks;
using DiffSeg.Pictures;
using DiffSeg.Pictures.Drawing;

namespace DiffSeg;

[TypeFormatterSource]
public sealed partial class PointSegment : IFigure
{
    private const int LongestSide = 640;

    // What lies outside is grey and dark, but can still be told.
    private const int Dimmed = 110;
    private static readonly Rgb Foreground = Palette.Standard[2];
    private static readonly Rgb Background = Palette.Standard[1];

    /// <summary>The picture with all but the segment in dark greys, the points as dots: blue within, vermilion without.</summary>
    /// <returns>A PNG file; its longer side has at most 640 pixels.</returns>
    public byte[] ToPng() => Render(LongestSide).ToPng();

    /// <summary>The picture of <see cref="ToPng"/>, and how large the segment is.</summary>
    /// <returns>A fragment of HTML, as <see cref="IDisplay.ToHtml"/> says.</returns>
    public string ToHtml() => FragmentStyle.Fragment(
        $"<div class=\"ds-stage\">{Html(LongestSide)}</div><p class=\"ds-note\">{HtmlText.Encode(Described())}</p>");

    Raster IFigure.Render(int longestSide) => Render(longestSide);

    string IFigure.ToHtml(int longestSide) => Html(longestSide);

    private string Html(int longestSide) => HtmlText.Image(Render(longestSide), $"The segment under {Spots()}: {Described()}");

    private string Spots() => string.Join(", ", Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"({point.X}, {point.Y})")));

    private string Described() => string.Create(
        CultureInfo.InvariantCulture,
        $"{HtmlText.Percent(Share)} of the picture, {Box.Width} x {Box.Height} pixels at ({Box.Left}, {Box.Top})");

    private Raster Render(int longestSide)
    {
        (int height, int width) = Picture is null
            ? PictureScaling.Fit(Height, Width, longestSide)
            : PictureScaling.Fit(Picture.Height, Picture.Width, longestSide);
        Raster shown = Picture is null
            ? new Raster(height, width, Rgb.FromHex(0xD8DCE1))
            : PictureScaling.Scale(Picture, height, width);
        ushort[] labels = PictureScaling.Scale(_labels, Height, Width, height, width);
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == 0)
            {
                shown[i / width, i % width] = Dim(shown[i / width, i % width]);
            }
        }

        MaskOverlay.Outline(
            labels, height, width, PixelOrder.Rgba32, shown.Pixels, new OverlayOptions { OutlineWidth = Math.Max(2, Math.Min(height, width) / 200) });
        foreach (PointPrompt point in Points)
        {
            SpotMarks.Disc(
                shown,
                ((point.Y + 0.5) * height / Height) - 0.5,
                ((point.X + 0.5) * width / Width) - 0.5,
                point.Foreground ? Foreground : Background);
        }

        return shown;
    }

    private static Rgb Dim(Rgb colour)
    {
        byte level = (byte)(HeatPainter.Luma(colour) * Dimmed / byte.MaxValue);
        return new Rgb(level, level, level);
    }
}
