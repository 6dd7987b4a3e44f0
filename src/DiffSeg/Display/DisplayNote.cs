using System.Globalization;
using DiffSeg.Display.Notebooks;
using DiffSeg.Pictures;
using DiffSeg.Pictures.Drawing;

namespace DiffSeg.Display;

/// <summary>A text on a card, to stand where a picture is missing: why an image has no mask, among others that have one.</summary>
[TypeFormatterSource]
public sealed class DisplayNote : IFigure
{
    private const int OwnSide = 288;
    private const int Padding = 12;
    private static readonly Rgb Card = Rgb.FromHex(0xF1F3F5);
    private static readonly Rgb Edge = Rgb.FromHex(0x9AA2AB);
    private static readonly Rgb Ink = Rgb.FromHex(0x24292F);

    /// <summary>A note.</summary>
    /// <param name="text">The text; in a picture file what has no room on the card is cut off.</param>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public DisplayNote(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        Text = text;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The card, 288 x 192 pixels.</summary>
    /// <returns>A PNG file.</returns>
    public byte[] ToPng() => Render(OwnSide).ToPng();

    /// <inheritdoc/>
    public string ToHtml() => FragmentStyle.Fragment(Html(OwnSide));

    Raster IFigure.Render(int longestSide) => Render(longestSide);

    string IFigure.ToHtml(int longestSide) => Html(longestSide);

    private string Html(int longestSide) => string.Create(
        CultureInfo.InvariantCulture,
        $"<div role=\"note\" style=\"box-sizing:border-box;width:{longestSide}px;max-width:100%;min-height:{HeightOf(longestSide)}px;display:grid;"
        + $"place-content:center;padding:{Padding}px;border:1px dashed rgba(128,128,128,.7);border-radius:4px;text-align:center;"
        + $"overflow-wrap:anywhere\">{HtmlText.Encode(Text)}</div>");

    private Raster Render(int longestSide)
    {
        int height = HeightOf(longestSide), room = longestSide - (2 * Padding);
        var card = new Raster(height, longestSide, Edge);
        card.Fill(1, 1, height - 2, longestSide - 2, Card);

        // Twice as large where all of it fits.
        int scale = 2;
        string[] lines = SmallFont.Wrap(Text, scale, room);
        if (lines.Length > MostLines(height, scale) || lines.Any(line => SmallFont.Width(line, scale) > room))
        {
            scale = 1;
            lines = SmallFont.Wrap(Text, scale, room);
        }

        lines = [.. lines.Take(MostLines(height, scale))];
        int top = (height - (lines.Length * LineHeight(scale))) / 2;
        foreach (string line in lines)
        {
            SmallFont.Draw(card, line, top, (longestSide - SmallFont.Width(line, scale)) / 2, scale, Ink);
            top += LineHeight(scale);
        }

        return card;
    }

    private static int HeightOf(int width) => Math.Max(1, width * 2 / 3);

    private static int LineHeight(int scale) => (SmallFont.LineHeight + 3) * scale;

    private static int MostLines(int height, int scale) => Math.Max(0, (height - (2 * Padding)) / LineHeight(scale));
}
