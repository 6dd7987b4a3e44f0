using System.Globalization;
using DiffSeg.Display.Notebooks;
using DiffSeg.Pictures;
using DiffSeg.Pictures.Drawing;

namespace DiffSeg.Display;

/// <summary>Several displays side by side, each with a caption: steps of a method, results of a series, many pictures.</summary>
[TypeFormatterSource]
public sealed class Strip : IDisplay
{
    // Of the picture file; a page breaks its rows by itself.
    private const int MostInOneRow = 5;
    private const int ColumnsOfSeveralRows = 4;

    private readonly (string Caption, IDisplay Display)[] _items;
    private readonly int _itemSide = 288;

    /// <summary>A strip.</summary>
    /// <param name="items">Captions and displays in order, at least one.</param>
    /// <exception cref="ArgumentException">There are none, or one of them is null.</exception>
    public Strip(params IEnumerable<(string Caption, IDisplay Display)> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        _items = [.. items];
        if (_items.Length == 0)
        {
            throw new ArgumentException("A strip needs at least one display.", nameof(items));
        }

        int missing = Array.FindIndex(_items, item => item.Caption is null || item.Display is null);
        if (missing >= 0)
        {
            throw new ArgumentException($"Item {missing} of the strip has no caption or no display.", nameof(items));
        }
    }

    /// <summary>The longer side of each picture has at most these pixels. Default 288.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 16.</exception>
    public int ItemSide
    {
        get => _itemSide;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 16, nameof(ItemSide));
            _itemSide = value;
        }
    }

    /// <summary>Displays on the strip.</summary>
    public int Count => _items.Length;

    /// <summary>The pictures with their captions on white: up to five in a row, more in rows of four.</summary>
    /// <returns>A PNG file.</returns>
    /// <exception cref="InvalidDataException">A display that is not DiffSeg's own gives no PNG of 8 bits a channel.</exception>
    public byte[] ToPng()
    {
        Raster[] pictures = [.. _items.Select(item => Small(item.Display))];
        int columns = pictures.Length <= MostInOneRow ? pictures.Length : ColumnsOfSeveralRows;
        return CaptionedSheet.Draw(pictures, [.. _items.Select(item => item.Caption)], columns).ToPng();
    }

    /// <inheritdoc/>
    public string ToHtml() => FragmentStyle.Fragment(
        "<div class=\"ds-strip\">" + string.Concat(_items.Select(item => string.Create(
            CultureInfo.InvariantCulture,
            $"<figure style=\"width:{ItemSide}px\">{Inner(item.Display)}<figcaption>{HtmlText.Encode(item.Caption)}</figcaption></figure>"))) + "</div>");

    private string Inner(IDisplay display) =>
        display is IFigure figure ? figure.ToHtml(ItemSide) : FragmentStyle.Without(display.ToHtml());

    private Raster Small(IDisplay display)
    {
        if (display is IFigure figure)
        {
            return figure.Render(ItemSide);
        }

        using var file = new MemoryStream(display.ToPng());
        Picture picture = new PngReader(file).ReadPicture();
        (int height, int width) = PictureScaling.Fit(picture.Height, picture.Width, ItemSide);
        return PictureScaling.Scale(picture, height, width);
    }
}
