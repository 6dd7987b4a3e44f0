using System.Globalization;
using System.Text;
using DiffSeg.Pictures;
using DiffSeg.Pictures.Drawing;

namespace DiffSeg.Display;

/// <summary>The table beside a mask: each segment's colour, label, area and box.</summary>
internal static class SegmentRows
{
    private const int MostRows = 12;

    /// <summary>The table, the largest segments first.</summary>
    /// <param name="segments">All segments of the mask.</param>
    /// <param name="pixels">Pixels of the mask.</param>
    /// <param name="colours">The colour chosen for each label.</param>
    /// <param name="palette">The colours.</param>
    public static string Table(IReadOnlyList<Segment> segments, int pixels, SegmentColours colours, Palette palette)
    {
        var table = new StringBuilder("<div><table><thead><tr><th scope=\"col\">Segment</th><th scope=\"col\" class=\"ds-number\">Area</th>")
            .Append("<th scope=\"col\" class=\"ds-number\">Left, top</th><th scope=\"col\" class=\"ds-number\">Size</th></tr></thead><tbody>");
        foreach (Segment segment in segments.OrderByDescending(segment => segment.Area).ThenBy(segment => segment.Label).Take(MostRows))
        {
            BoundingBox box = segment.Box;
            table.Append(
                CultureInfo.InvariantCulture,
                $"<tr><th scope=\"row\"><span class=\"ds-chip\" style=\"background:{palette[colours[segment.Label]]}\"></span>{segment.Label}</th>")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"<td class=\"ds-number\">{HtmlText.Encode(HtmlText.Percent((double)segment.Area / pixels))}</td>")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"<td class=\"ds-number\">{box.Left}, {box.Top}</td><td class=\"ds-number\">{box.Width} × {box.Height}</td></tr>");
        }

        table.Append("</tbody></table>");
        int more = segments.Count - MostRows;
        return table.Append(more > 0 ? $"<p class=\"ds-note\">and {HtmlText.Count(more, "smaller segment")}</p>" : "").Append("</div>").ToString();
    }
}
