using DiffSeg.Pictures;
using DiffSeg.Pictures.Drawing;

namespace DiffSeg.Display;

/// <summary>
/// A label mask to look at: over its picture where it has one, alone otherwise, its largest segments marked with their
/// labels and areas, and measured in a table.
/// </summary>
/// <remarks>
/// A segment has the colour of its label, unless a neighbour's could be taken for it: then the smaller one gets another
/// colour of the palette. The same mask always looks the same.
/// </remarks>
public sealed class MaskDisplay : IDisplay
{
    // Masks of a few pixels are shown larger, in whole steps.
    private const int SmallestSide = 192;

    private readonly ReadOnlyMemory<ushort> _labels;
    private readonly int _longestSide = 640;

    /// <summary>A mask to look at.</summary>
    /// <param name="labels">Height x width labels, row-major; not copied.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="picture">The picture that the mask covers, of any size; null for the mask alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    /// <exception cref="ArgumentException">The number of labels is not height x width.</exception>
    public MaskDisplay(ReadOnlyMemory<ushort> labels, int height, int width, Picture? picture = null)
    {
        MaskSize.Check(labels.Length, height, width, nameof(labels));
        (_labels, Height, Width, Picture) = (labels, height, width, picture);
    }

    /// <summary>Rows of the mask.</summary>
    public int Height { get; }

    /// <summary>Columns of the mask.</summary>
    public int Width { get; }

    /// <summary>The picture that the mask covers, where there is one.</summary>
    public Picture? Picture { get; }

    /// <summary>Opacity, lines and colours.</summary>
    public OverlayOptions Options { get; init; } = new();

    /// <summary>The longer side is shown at no more pixels than these. Default 640.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int LongestSide
    {
        get => _longestSide;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(LongestSide));
            _longestSide = value;
        }
    }

    /// <summary>Whether segments that are large enough are marked with their labels and areas. Default true.</summary>
    public bool ShowLabels { get; init; } = true;

    /// <summary>Whether the table of segments stands beside the picture in HTML. Default true.</summary>
    public bool ShowTable { get; init; } = true;

    /// <inheritdoc/>
    public byte[] ToPng() => Render().ToPng();

    /// <inheritdoc/>
    public string ToHtml()
    {
        (int height, int width) = Shown();
        MaskLayer layer = Layer((height, width));
        IReadOnlyList<Segment> segments = SegmentTable.Measure(_labels.Span, Height, Width);
        string alt = Described(segments);
        string stage = Picture is null
            ? HtmlText.Image(layer.Alone().ToPng(), height, width, alt)
            : HtmlText.Image(PictureScaling.Scale(Picture, height, width).ToPng(), height, width, alt)
                + HtmlText.Image(layer.Transparent().ToPng(), height, width, "", "ds-over ds-fades");
        string labels = ShowLabels ? MaskLabels.Svg(Labels(layer, segments), height, width, fades: Picture is not null) : "";
        string table = ShowTable ? SegmentRows.Table(segments, Height * Width, layer.Chosen, Options.Palette) : "";
        return FragmentStyle.Fragment($"<div class=\"ds-row\"><div class=\"ds-stage\">{stage}{labels}</div>{table}</div>");
    }

    /// <summary>The picture as pixels.</summary>
    internal Raster Render()
    {
        (int Height, int Width) shown = Shown();
        MaskLayer layer = Layer(shown);
        Raster picture;
        if (Picture is null)
        {
            picture = layer.Alone();
        }
        else
        {
            picture = PictureScaling.Scale(Picture, shown.Height, shown.Width);
            layer.PaintOver(picture);
        }

        if (ShowLabels)
        {
            MaskLabels.Draw(picture, Labels(layer, SegmentTable.Measure(_labels.Span, Height, Width)));
        }

        return picture;
    }

    private MaskLayer Layer((int Height, int Width) shown) => new(_labels.Span, Height, Width, shown, Options);

    private IReadOnlyList<MaskLabel> Labels(MaskLayer layer, IReadOnlyList<Segment> segments) =>
        MaskLabels.Of(segments, layer.InnerPoints(), Height * Width);

    private (int Height, int Width) Shown()
    {
        if (Picture is not null)
        {
            return PictureScaling.Fit(Picture.Height, Picture.Width, LongestSide);
        }

        int enlarged = Math.Max(1, Math.Min(SmallestSide, LongestSide) / Math.Max(Height, Width));
        return PictureScaling.Fit(enlarged * Height, enlarged * Width, LongestSide);
    }

    private string Described(IReadOnlyList<Segment> segments)
    {
        Segment largest = segments.MaxBy(segment => segment.Area);
        return $"Mask of {HtmlText.Count(segments.Count, "segment")}{(Picture is null ? "" : " over the picture")}, {Width} x {Height} pixels; "
            + $"segment {largest.Label} is the largest with {HtmlText.Percent((double)largest.Area / (Height * Width))}";
    }
}
