namespace DiffSeg.Pictures;

/// <summary>How <see cref="MaskOverlay"/> paints.</summary>
public sealed record OverlayOptions
{
    private readonly float _opacity = 0.5f;
    private readonly int? _outlineWidth;

    /// <summary>Share of the label's colour in each pixel, 0 (only the picture) to 1 (only the colour). Default 0.5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a number from 0 to 1.</exception>
    public float Opacity
    {
        get => _opacity;
        init
        {
            if (value is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(Opacity), value, "Opacity must be a number from 0 to 1.");
            }

            _opacity = value;
        }
    }

    /// <summary>
    /// Width of the lines between segments in pixels; 0 draws none. Default null: one pixel per 300 of the picture's
    /// shorter side, at least one, so that the lines stay visible when the picture is shown smaller.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int? OutlineWidth
    {
        get => _outlineWidth;
        init
        {
            if (value is { } width)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(width, nameof(OutlineWidth));
            }

            _outlineWidth = value;
        }
    }

    /// <summary>Colour of the lines, painted opaque. Default white.</summary>
    public Rgb OutlineColor { get; init; } = Rgb.White;

    /// <summary>Colour of each label. Default <see cref="Palette.Standard"/>.</summary>
    public Palette Palette { get; init; } = Palette.Standard;
}
