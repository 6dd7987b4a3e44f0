using System.Globalization;
using System.Text;
using DiffSeg.Pictures.Drawing;

namespace DiffSeg.Display;

/// <summary>A mark on a segment: its label, and its area where there is room.</summary>
/// <param name="Label">The segment's label.</param>
/// <param name="Share">Its share of the mask, 0 to 1.</param>
/// <param name="At">Where it is deepest, at the size shown.</param>
internal readonly record struct MaskLabel(ushort Label, double Share, InnerPoint At)
{
    public string Number => Label.ToString(CultureInfo.InvariantCulture);

    public string Area => HtmlText.Percent(Share);
}

/// <summary>The marks on a mask's segments, in HTML and in pixels. A segment too narrow for its number has none.</summary>
internal static class MaskLabels
{
    private const int SmallestText = 11;
    private const int LargestText = 20;

    // Of a bold digit's width to its text size, with a little air.
    private const double DigitWidth = 0.62;

    /// <summary>The marks of the segments that are still there at the size shown, largest first.</summary>
    public static IReadOnlyList<MaskLabel> Of(IReadOnlyList<Segment> segments, Dictionary<ushort, InnerPoint> points, int pixels) =>
    [
        .. segments.OrderByDescending(segment => segment.Area).ThenBy(segment => segment.Label)
            .Where(segment => points.ContainsKey(segment.Label))
            .Select(segment => new MaskLabel(segment.Label, (double)segment.Area / pixels, points[segment.Label])),
    ];

    /// <summary>The marks as a layer of vector text.</summary>
    /// <param name="labels">The marks.</param>
    /// <param name="frame">The picture and where the mask lies on it.</param>
    /// <param name="fades">Whether they vanish with the mask where the pointer is on it.</param>
    public static string Svg(IReadOnlyList<MaskLabel> labels, MaskFrame frame, bool fades)
    {
        // The layer covers the picture; its coordinates begin where the mask does.
        var text = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"<svg class=\"ds-over{(fades ? " ds-fades" : "")}\" viewBox=\"{-frame.Part.Left} {-frame.Part.Top} {frame.Width} {frame.Height}\" aria-hidden=\"true\">"));
        int largest = Math.Clamp(Math.Min(frame.Height, frame.Width) / 16, SmallestText + 1, LargestText);
        foreach (MaskLabel label in labels)
        {
            // The number must fit into the circle around the inner point; the area goes beneath where two lines do.
            int size = Math.Min(largest, (int)(2 * label.At.Radius / Math.Max(1.4, label.Number.Length * DigitWidth)));
            int two = Math.Min(size, (int)(2 * label.At.Radius / 3.0));
            if (two >= SmallestText)
            {
                Append(text, label.Number, label.At.X, label.At.Y - (two * 0.5), two);
                Append(text, label.Area, label.At.X, label.At.Y + (two * 0.55), Math.Max(SmallestText - 1, two * 4 / 5));
            }
            else if (size >= SmallestText)
            {
                Append(text, label.Number, label.At.X, label.At.Y, Math.Min(size, SmallestText + 2));
            }
        }

        return text.Append("</svg>").ToString();
    }

    /// <summary>Draws the marks.</summary>
    public static void Draw(Raster picture, IReadOnlyList<MaskLabel> labels)
    {
        foreach (MaskLabel label in labels)
        {
            for (int scale = 2; scale > 0; scale--)
            {
                int line = SmallFont.CapHeight * scale, gap = 2 * scale;
                if (Fits(label, label.Area, scale, (2 * line) + gap))
                {
                    Draw(picture, label, label.Number, label.At.Y - line - (gap / 2), scale);
                    Draw(picture, label, label.Area, label.At.Y + (gap / 2), scale);
                    break;
                }

                if (Fits(label, label.Number, scale, line))
                {
                    Draw(picture, label, label.Number, label.At.Y - (line / 2), scale);
                    break;
                }
            }
        }
    }

    private static bool Fits(MaskLabel label, string text, int scale, int height)
    {
        int width = SmallFont.Width(text, scale), diameter = 2 * label.At.Radius;
        return (width * width) + (height * height) <= diameter * diameter;
    }

    private static void Draw(Raster picture, MaskLabel label, string text, int top, int scale) =>
        SmallFont.DrawRimmed(picture, text, top, label.At.X - (SmallFont.Width(text, scale) / 2), scale);

    private static void Append(StringBuilder svg, string text, double x, double y, int size) => svg.Append(
        CultureInfo.InvariantCulture,
        $"<text class=\"ds-label\" x=\"{x:0.#}\" y=\"{y:0.#}\" font-size=\"{size}\" stroke-width=\"{size / 5.0:0.#}\" style=\"font-size:{size}px\">{HtmlText.Encode(text)}</text>");
}
