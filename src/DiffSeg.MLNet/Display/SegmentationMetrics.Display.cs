using DiffSeg.Display;
using DiffSeg.Display.Notebooks;

namespace DiffSeg.MLNet;

[TypeFormatterSource]
public sealed partial class SegmentationMetrics : IDisplay
{
    /// <summary>The figures as a table.</summary>
    /// <returns>A PNG file.</returns>
    public byte[] ToPng() => Scores.ToPng();

    /// <summary>The figures as a table.</summary>
    /// <returns>A fragment of HTML, as <see cref="IDisplay.ToHtml"/> says.</returns>
    public string ToHtml() => Scores.ToHtml();
}
