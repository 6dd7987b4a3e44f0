using DiffSeg.MLNet.Saving;
using DiffSeg.Pictures;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Painting;

/// <summary>The checked settings of a painting transformer. Immutable.</summary>
internal sealed record PaintSettings : ICheckedSettings
{
    public required string OutputColumn { get; init; }

    public required string ImageColumn { get; init; }

    public required string MaskColumn { get; init; }

    public required float Opacity { get; init; }

    public required int? OutlineWidth { get; init; }

    public required ImageFit Fit { get; init; }

    public required int ModelHeight { get; init; }

    public required int ModelWidth { get; init; }

    /// <summary>
    /// The mask's size where its column's type tells it; 0 where the size columns or the picture must.
    /// </summary>
    public int MaskHeight { get; init; }

    public int MaskWidth { get; init; }

    public string HeightColumn => MaskColumn + Masks.MaskOutput.Height;

    public string WidthColumn => MaskColumn + Masks.MaskOutput.Width;

    /// <exception cref="ArgumentException">
    /// An option or a name is out of range; the message and ParamName name it.
    /// </exception>
    public static PaintSettings From(
        string outputColumnName, string imageColumnName, string maskColumnName, PaintMaskOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(imageColumnName);
        ArgumentException.ThrowIfNullOrEmpty(maskColumnName);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ModelImageHeight, 1, nameof(options.ModelImageHeight));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ModelImageWidth, 1, nameof(options.ModelImageWidth));
        if (!Enum.IsDefined(options.Fit))
        {
            throw new ArgumentOutOfRangeException(nameof(options.Fit), options.Fit, "Fit must be Pad or Crop.");
        }

        var settings = new PaintSettings
        {
            OutputColumn = outputColumnName,
            ImageColumn = imageColumnName,
            MaskColumn = maskColumnName,
            Opacity = options.Opacity,
            OutlineWidth = options.OutlineWidth,
            Fit = options.Fit,
            ModelHeight = options.ModelImageHeight,
            ModelWidth = options.ModelImageWidth,
        };
        _ = settings.Overlay();
        return settings;
    }

    /// <inheritdoc/>
    public void Check()
    {
        _ = From(OutputColumn, ImageColumn, MaskColumn, ToOptions());
        bool sized = MaskHeight > 0 && MaskWidth > 0;
        if (!sized && (MaskHeight, MaskWidth) != (0, 0))
        {
            throw new ArgumentException($"A mask of {MaskHeight} x {MaskWidth} cannot be.", nameof(MaskHeight));
        }
    }

    /// <summary>The settings with the mask's size, where the schema's type of the mask tells it.</summary>
    public PaintSettings For(DataViewSchema.Column mask)
        => mask.Type is VectorDataViewType { IsKnownSize: true, Dimensions: { Length: 2 } sides }
            ? this with { MaskHeight = sides[0], MaskWidth = sides[1] }
            : this;

    public OverlayOptions Overlay() => new() { Opacity = Opacity, OutlineWidth = OutlineWidth };

    public PaintMaskOptions ToOptions() => new()
    {
        Opacity = Opacity,
        OutlineWidth = OutlineWidth,
        Fit = Fit,
        ModelImageHeight = ModelHeight,
        ModelImageWidth = ModelWidth,
    };
}
