using System.Runtime.InteropServices;

namespace DiffSeg.Pictures.Drawing;

/// <summary>A mask prepared to be looked at: at the size shown, its colours chosen.</summary>
internal sealed class MaskLayer
{
    private readonly ushort[] _labels;
    private readonly ushort[] _colours;
    private readonly OverlayOptions _options;

    /// <param name="labels">Height x width labels, row-major.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="shown">The size at which the mask is shown.</param>
    /// <param name="options">Opacity, lines and palette.</param>
    public MaskLayer(ReadOnlySpan<ushort> labels, int height, int width, (int Height, int Width) shown, OverlayOptions options)
    {
        // Colours are chosen on the whole mask: they do not change with the size shown.
        Chosen = SegmentColours.Of(labels, height, width, options.Palette);
        (Height, Width) = shown;
        _labels = PictureScaling.Scale(labels, height, width, Height, Width);
        _colours = Chosen.Apply(_labels);
        _options = options;
    }

    public int Height { get; }

    public int Width { get; }

    /// <summary>The place in the palette of each label's colour.</summary>
    public SegmentColours Chosen { get; }

    /// <summary>Where the segments that are still there at this size are deepest.</summary>
    public Dictionary<ushort, InnerPoint> InnerPoints() => InnerPoint.Of(_labels, Height, Width);

    /// <summary>Paints the mask over a picture of the same size.</summary>
    public void PaintOver(Raster picture) => Paint(picture, _options);

    /// <summary>The mask alone, in full colours.</summary>
    public Raster Alone()
    {
        var mask = new Raster(Height, Width);
        Paint(mask, _options with { Opacity = 1 });
        return mask;
    }

    /// <summary>The mask as a layer to lie over the picture: its colours transparent as the options say, its lines opaque.</summary>
    public Raster Transparent()
    {
        Raster layer = new(Height, Width), lines = new(Height, Width);
        Paint(layer, _options with { Opacity = 1 });
        Paint(lines, _options with { Opacity = 0, OutlineColor = Rgb.White });
        Span<uint> all = MemoryMarshal.Cast<byte, uint>(layer.Pixels.AsSpan());
        ReadOnlySpan<uint> marked = MemoryMarshal.Cast<byte, uint>(lines.Pixels.AsSpan());
        byte alpha = (byte)MathF.Round(_options.Opacity * byte.MaxValue);
        for (int i = 0; i < all.Length; i++)
        {
            if (marked[i] != uint.MaxValue)
            {
                layer.Pixels[(4 * i) + 3] = alpha;
            }
        }

        return layer;
    }

    // The lines go by the labels, not by the colours: two neighbours may have to share one where a palette is short.
    private void Paint(Raster picture, OverlayOptions options)
    {
        MaskOverlay.Paint(
            picture.Pixels, _colours, Height, Width, PixelOrder.Rgba32, picture.Pixels, options with { OutlineWidth = 0 });
        MaskOverlay.Outline(_labels, Height, Width, PixelOrder.Rgba32, picture.Pixels, options);
    }
}
