using DiffSeg.Display.Notebooks;
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
[TypeFormatterSource]
public sealed class MaskDisplay : IFigure
{
    // Masks of a few pixels are shown larger, in whole steps.
    private const int SmallestSide = 192;

    private readonly ReadOnlyMemory<ushort> _labels;
    private readonly int _longestSide = 640;
    private readonly BoundingBox? _part;

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

    /// <summary>A segmentation to look at in other ways than its own.</summary>
    /// <param name="segmentation">The segmentation, with its picture where it has one.</param>
    public MaskDisplay(Segmentation segmentation)
    {
        ArgumentNullException.ThrowIfNull(segmentation);
        (_labels, Height, Width, Picture) = (segmentation.LabelMemory, segmentation.Height, segmentation.Width, segmentation.Picture);
    }

    /// <summary>Rows of the mask.</summary>
    public int Height { get; }

    /// <summary>Columns of the mask.</summary>
    public int Width { get; }

    /// <summary>The picture that the mask covers, where there is one.</summary>
    public Picture? Picture { get; }

    /// <summary>The part of the picture that the mask covers, in the picture's pixels. Default null: all of it.</summary>
    /// <remarks>A mask of a picture's centre lies where it belongs by this; the rest of the picture stays as it is.</remarks>
    /// <exception cref="ArgumentException">There is no picture, or the part does not lie within it.</exception>
    public BoundingBox? Part
    {
        get => _part;
        init
        {
            if (value is { } part && (Picture is null || part.Left < 0 || part.Top < 0 || part.Width < 1 || part.Height < 1
                || part.Width > Picture.Width - part.Left || part.Height > Picture.Height - part.Top))
            {
                throw new ArgumentException(
                    $"{part} does not lie within {(Picture is null ? "a picture: there is none" : $"the picture of {Picture.Width} x {Picture.Height} pixels")}.",
                    nameof(Part));
            }

            _part = value;
        }
    }

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
    public byte[] ToPng() => Render(LongestSide).ToPng();

    /// <inheritdoc/>
    public string ToHtml()
    {
        IReadOnlyList<Segment> segments = Segments();
        MaskFrame frame = Frame(LongestSide);
        MaskLayer layer = Layer(frame);
        string table = ShowTable ? SegmentRows.Table(segments, Height * Width, layer.Chosen, Options.Palette) : "";
        return FragmentStyle.Fragment($"<div class=\"ds-row\">{Stage(frame, layer, segments)}{table}</div>");
    }

    /// <summary>The picture, the mask and the mask over the picture, side by side.</summary>
    /// <returns>A strip of three.</returns>
    /// <exception cref="InvalidOperationException">There is no picture.</exception>
    public Strip SideBySide() => Picture is null
        ? throw new InvalidOperationException("There is no picture to show beside the mask; give one to the constructor.")
        : new Strip(("picture", Picture), ("mask", new MaskDisplay(_labels, Height, Width) { Options = Options, ShowLabels = false }), ("both", this));

    Raster IFigure.Render(int longestSide) => Render(longestSide);

    string IFigure.ToHtml(int longestSide)
    {
        MaskFrame frame = Frame(longestSide);
        return Stage(frame, Layer(frame), Segments());
    }

    private Raster Render(int longestSide)
    {
        MaskFrame frame = Frame(longestSide);
        MaskLayer layer = Layer(frame);
        if (Picture is null)
        {
            return Labelled(layer.Alone(), layer);
        }

        Raster picture = PictureScaling.Scale(Picture, frame.Height, frame.Width);
        Raster covered = picture.Cut(frame.Part);
        layer.PaintOver(covered);
        picture.Draw(Labelled(covered, layer), frame.Part.Top, frame.Part.Left);
        return picture;
    }

    private Raster Labelled(Raster painted, MaskLayer layer)
    {
        if (ShowLabels)
        {
            MaskLabels.Draw(painted, Labels(layer, Segments()));
        }

        return painted;
    }

    // The mask lies over the picture as a layer of its own: under the pointer it fades and shows the picture.
    private string Stage(MaskFrame frame, MaskLayer layer, IReadOnlyList<Segment> segments)
    {
        string alt = Described(segments);
        string images = Picture is null
            ? HtmlText.Image(layer.Alone(), alt)
            : HtmlText.Image(PictureScaling.Scale(Picture, frame.Height, frame.Width), alt)
                + HtmlText.Image(frame.Around(layer.Transparent()), "", "ds-over ds-fades");
        string labels = ShowLabels ? MaskLabels.Svg(Labels(layer, segments), frame, fades: Picture is not null) : "";
        return $"<div class=\"ds-stage\">{images}{labels}</div>";
    }

    private IReadOnlyList<Segment> Segments() => SegmentTable.Measure(_labels.Span, Height, Width);

    private MaskLayer Layer(MaskFrame frame) => new(_labels.Span, Height, Width, (frame.Part.Height, frame.Part.Width), Options);

    private IReadOnlyList<MaskLabel> Labels(MaskLayer layer, IReadOnlyList<Segment> segments) =>
        MaskLabels.Of(segments, layer.InnerPoints(), Height * Width);

    private MaskFrame Frame(int longestSide)
    {
        if (Picture is not null)
        {
            return MaskFrame.On(Picture, Part, longestSide);
        }

        int enlarged = Math.Max(1, Math.Min(SmallestSide, longestSide) / Math.Max(Height, Width));
        (int height, int width) = PictureScaling.Fit(enlarged * Height, enlarged * Width, longestSide);
        return MaskFrame.Whole(height, width);
    }

    private string Described(IReadOnlyList<Segment> segments)
    {
        Segment largest = segments.MaxBy(segment => segment.Area);
        string where = Picture is null ? "" : Part is null ? " over the picture" : " over a part of the picture";
        return $"Mask of {HtmlText.Count(segments.Count, "segment")}{where}, {Width} x {Height} pixels; "
            + $"segment {largest.Label} is the largest with {HtmlText.Percent((double)largest.Area / (Height * Width))}";
    }
}
