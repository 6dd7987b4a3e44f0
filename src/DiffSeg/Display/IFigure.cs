using DiffSeg.Pictures.Drawing;

namespace DiffSeg.Display;

/// <summary>A display that can be shown small, as one of several.</summary>
internal interface IFigure : IDisplay
{
    /// <summary>The picture as pixels.</summary>
    /// <param name="longestSide">The longer side has at most these pixels.</param>
    Raster Render(int longestSide);

    /// <summary>The picture as HTML, without what stands beside it.</summary>
    /// <param name="longestSide">The longer side has at most these pixels.</param>
    string ToHtml(int longestSide);
}
