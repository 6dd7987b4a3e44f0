using DiffSeg.Display;

namespace DiffSeg;

public sealed partial class Segmentation : IDisplay
{
    /// <summary>The mask over the picture, or alone where the picture is not known, with labels on its larger segments.</summary>
    /// <returns>A PNG file; its longer side has at most 640 pixels.</returns>
    public byte[] ToPng() => Look().ToPng();

    /// <summary>The mask over the picture, or alone where the picture is not known, and a table of the largest segments.</summary>
    /// <returns>A fragment of HTML, as <see cref="IDisplay.ToHtml"/> says.</returns>
    public string ToHtml() => Look().ToHtml();

    private MaskDisplay Look() => new(_labels, Height, Width, Picture);
}
