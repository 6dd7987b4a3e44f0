using DiffSeg.Display;
using DiffSeg.Display.Notebooks;
using DiffSeg.Pictures.Drawing;

namespace DiffSeg;

[TypeFormatterSource]
public sealed partial class Segmentation : IFigure
{
    /// <summary>The mask over the picture, or alone where the picture is not known, with labels on its larger segments.</summary>
    /// <returns>A PNG file; its longer side has at most 640 pixels.</returns>
    public byte[] ToPng() => Look().ToPng();

    /// <summary>The mask over the picture, or alone where the picture is not known, and a table of the largest segments.</summary>
    /// <returns>A fragment of HTML, as <see cref="IDisplay.ToHtml"/> says.</returns>
    public string ToHtml() => Look().ToHtml();

    Raster IFigure.Render(int longestSide) => ((IFigure)Look()).Render(longestSide);

    string IFigure.ToHtml(int longestSide) => ((IFigure)Look()).ToHtml(longestSide);

    /// <summary>The labels, not copied.</summary>
    internal ReadOnlyMemory<ushort> LabelMemory => _labels;

    private MaskDisplay Look() => new(this);
}
