using DiffSeg.DataSets;
using DiffSeg.Evaluation;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.DataSets;

/// <summary>The checked settings of a label-map loader. Immutable.</summary>
internal sealed record LabelMapSettings
{
    public const string Height = nameof(Height);
    public const string Width = nameof(Width);
    public const string AnnotatorCount = nameof(AnnotatorCount);

    public required string OutputColumn { get; init; }

    public required string PathColumn { get; init; }

    /// <summary>The picture or its path, whose size the label map must have; null to leave that out.</summary>
    public required string? ImageColumn { get; init; }

    public required ClassTable? Classes { get; init; }

    public required LabelMapGeometry Geometry { get; init; }

    public required int? Annotator { get; init; }

    public required bool AllAnnotators { get; init; }

    /// <summary>Names and types of the columns that are added, the label map first.</summary>
    public IReadOnlyList<(string Name, DataViewType Type)> Outputs =>
    [
        (OutputColumn, Geometry.Size is (int height, int width) && !AllAnnotators
            ? new VectorDataViewType(NumberDataViewType.UInt16, height, width)
            : new VectorDataViewType(NumberDataViewType.UInt16)),
        (OutputColumn + Height, NumberDataViewType.Int32),
        (OutputColumn + Width, NumberDataViewType.Int32),
        (OutputColumn + AnnotatorCount, NumberDataViewType.Int32),
    ];

    /// <exception cref="ArgumentException">A name or an option is out of range; the message and ParamName name it.</exception>
    public static LabelMapSettings From(
        string outputColumnName, string inputColumnName, ClassTable? classes, string? imageColumnName, LabelMapOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ModelImageHeight, 1, nameof(options.ModelImageHeight));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ModelImageWidth, 1, nameof(options.ModelImageWidth));
        if (!Enum.IsDefined(options.Fit))
        {
            throw new ArgumentOutOfRangeException(nameof(options.Fit), options.Fit, "Fit must be Pad or Crop.");
        }

        if (options.Annotator is { } annotator)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(annotator, nameof(options.Annotator));
            if (options.AllAnnotators)
            {
                throw new ArgumentException("Choose one annotator or all of them, not both.", nameof(options.AllAnnotators));
            }
        }

        return new LabelMapSettings
        {
            OutputColumn = outputColumnName,
            PathColumn = inputColumnName,
            ImageColumn = imageColumnName,
            Classes = classes,
            Annotator = options.Annotator,
            AllAnnotators = options.AllAnnotators,
            Geometry = GeometryOf(options),
        };
    }

    private static LabelMapGeometry GeometryOf(LabelMapOptions options)
    {
        (int Height, int Width) model = (options.ModelImageHeight, options.ModelImageWidth);
        return new LabelMapGeometry
        {
            Crop = options.Fit == ImageFit.Crop ? model : null,
            Size = options.Size == MaskSize.Original ? null
                : options.Size == MaskSize.Model ? model
                : (options.Size.Height, options.Size.Width),
        };
    }
}
