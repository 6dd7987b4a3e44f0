namespace DiffSeg.Display.Notebooks;

/// <summary>What .NET Interactive asks for formatters; made and called by reflection.</summary>
internal sealed class DisplayFormatterSource
{
    /// <summary>The formatters.</summary>
    /// <returns>One per MIME type.</returns>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new DisplayFormatter(DisplayFormatter.Html, display => display.ToHtml()),
        new DisplayFormatter(DisplayFormatter.Png, display => Convert.ToBase64String(display.ToPng())),
    ];
}
