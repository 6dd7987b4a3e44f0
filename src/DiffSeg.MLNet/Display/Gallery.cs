using DiffSeg.Display;
using DiffSeg.Display.Notebooks;

namespace DiffSeg.MLNet;

/// <summary>
/// Pictures of a data view with their masks over them, each with a caption, and cards for rows that have a reason in place of a
/// mask. Made by <c>ml.Segmentation().Gallery</c>.
/// </summary>
[TypeFormatterSource]
public sealed class Gallery : IDisplay
{
    private readonly Strip? _strip;

    internal Gallery(IReadOnlyList<(string Caption, IDisplay Display)> items, int side)
    {
        Captions = [.. items.Select(item => item.Caption)];
        _strip = items.Count > 0 ? new Strip(items) { ItemSide = side } : null;
    }

    /// <summary>Pictures and cards in the gallery; none where the view has no rows.</summary>
    public int Count => Captions.Count;

    /// <summary>What stands beneath each picture.</summary>
    public IReadOnlyList<string> Captions { get; }

    /// <summary>The pictures with their captions on white, in rows.</summary>
    /// <returns>A PNG file.</returns>
    public byte[] ToPng() => _strip?.ToPng() ?? Nothing.ToPng();

    /// <summary>The pictures with their captions, in rows as the page is wide.</summary>
    /// <returns>A fragment of HTML, as <see cref="IDisplay.ToHtml"/> says.</returns>
    public string ToHtml() => _strip?.ToHtml() ?? Nothing.ToHtml();

    private static DisplayTable Nothing => new("The data has no rows.", [""], []);
}
