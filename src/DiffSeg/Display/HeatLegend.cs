using System.Globalization;
using DiffSeg.Pictures.Drawing;

namespace DiffSeg.Display;

/// <summary>The scale beneath a heat map.</summary>
internal static class HeatLegend
{
    private const int Stops = 9;

    /// <summary>A bar from no weight to the hottest.</summary>
    /// <param name="hottest">The weight painted hottest.</param>
    /// <param name="width">Width of the picture above it.</param>
    public static string Html(float hottest, int width)
    {
        string colours = string.Join(',', Enumerable.Range(0, Stops).Select(i => HeatScale.Colour((byte)(255 * i / (Stops - 1)))));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<div style=\"max-width:{width}px\"><div style=\"height:8px;border-radius:4px;margin-top:.5em;background:linear-gradient(to right,{colours})\"></div><div class=\"ds-note\" style=\"display:flex;justify-content:space-between;margin:0\"><span>0</span><span>weight</span><span>{hottest:G3} and more</span></div></div>");
    }
}
