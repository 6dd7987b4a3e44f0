using DiffSeg.MLNet.Saving;
using DiffSeg.Onnx;
using DiffSeg.Pictures;

namespace DiffSeg.MLNet.Masks;

/// <summary>The checked settings of a mask transformer: options, model and column names, resolved. Immutable.</summary>
internal sealed record MaskSettings : ICheckedSettings
{
    public required string OutputColumn { get; init; }

    public required IReadOnlyList<string> InputColumns { get; init; }

    /// <summary>Column of the original picture; null when the attention map shows the whole picture.</summary>
    public string? ImageColumn { get; init; }

    /// <summary>Text column that names the row in error messages; null for none.</summary>
    public string? PathColumn { get; init; }

    /// <summary>Text column that says why a row has no picture; null for none, or for the one named after the pictures.</summary>
    public string? PictureStatusColumn { get; init; }

    /// <summary>What picture files may ask for, of the step that loads them; kept here with the other options.</summary>
    public PictureLimits? Limits { get; init; }

    /// <summary>One shape per input column; null to take them from the data.</summary>
    public IReadOnlyList<AttentionShape>? Shapes { get; init; }

    /// <summary>
    /// Whether the one input column holds proposals of the first iteration, one map for each anchor, in place of attention.
    /// </summary>
    public bool Merged { get; init; }

    public required int ModelHeight { get; init; }

    public required int ModelWidth { get; init; }

    public required ImageFit Fit { get; init; }

    /// <summary>The mask's size; 0 x 0 when it is the original picture's, row by row.</summary>
    public required int MaskHeight { get; init; }

    public required int MaskWidth { get; init; }

    public required MaskColumns Columns { get; init; }

    public required DiffSegOptions Algorithm { get; init; }

    public required AggregationOptions Aggregation { get; init; }

    public bool SizePerRow => MaskHeight == 0;

    /// <summary>Whether a row that fails has an empty mask and a reason; otherwise it throws.</summary>
    public bool TellsStatus => Columns.HasFlag(MaskColumns.Status);

    /// <exception cref="ArgumentException">
    /// An option or a name is out of range; the message and ParamName name it.
    /// </exception>
    public static MaskSettings From(
        string outputColumnName, IReadOnlyList<string> inputColumnNames, string? imageColumnName, string? pathColumn,
        AttentionModel? model, DiffSegMaskOptions options, bool thresholdIsFed = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentNullException.ThrowIfNull(inputColumnNames);
        if (inputColumnNames.Count == 0 || inputColumnNames.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("Name at least one attention column.", nameof(inputColumnNames));
        }

        if (!Enum.IsDefined(options.Fit))
        {
            throw new ArgumentOutOfRangeException(nameof(options.Fit), options.Fit, "Fit must be Pad or Crop.");
        }

        if ((options.Columns & ~(MaskColumns.All | MaskColumns.Status)) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(options.Columns), options.Columns, "Unknown mask columns.");
        }

        if (options.Size == MaskSize.Original && imageColumnName is null)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options.Size), options.Size, "A mask of the original picture's size needs the image column.");
        }

        if (model?.FirstMerge is { } merge)
        {
            MergedModel.Check(model, merge, imageColumnName, options, thresholdIsFed);
        }

        int modelHeight = ModelSide(options.ModelImageHeight, model?.ImageHeight, nameof(options.ModelImageHeight));
        int modelWidth = ModelSide(options.ModelImageWidth, model?.ImageWidth, nameof(options.ModelImageWidth));
        (int maskHeight, int maskWidth) = options.Size == MaskSize.Model ? (modelHeight, modelWidth)
            : options.Size == MaskSize.Original ? (0, 0) : (options.Size.Height, options.Size.Width);
        var settings = new MaskSettings
        {
            OutputColumn = outputColumnName,
            InputColumns = [.. inputColumnNames],
            ImageColumn = imageColumnName,
            PathColumn = pathColumn,
            Shapes = ShapesOf(options, model, inputColumnNames.Count),
            Merged = model?.FirstMerge is not null,
            ModelHeight = modelHeight,
            ModelWidth = modelWidth,
            Fit = options.Fit,
            MaskHeight = maskHeight,
            MaskWidth = maskWidth,
            Columns = options.Size == MaskSize.Original || options.Columns.HasFlag(MaskColumns.Status)
                ? options.Columns | MaskColumns.Size
                : options.Columns,
            Limits = options.Limits,
            Algorithm = options.ToDiffSegOptions(model),
            Aggregation = new AggregationOptions
            {
                Weights = options.ResolutionWeights,
                MaxDegreeOfParallelism = options.MaxDegreeOfParallelism,
            },
        };
        settings.CheckAnchors();
        settings.CheckWeights();
        return settings;
    }

    /// <inheritdoc/>
    public void Check()
    {
        Require(OutputColumn.Length > 0 && InputColumns.Count > 0 && !InputColumns.Any(string.IsNullOrEmpty), nameof(InputColumns));
        Require(ModelHeight >= 1, nameof(ModelHeight));
        Require(ModelWidth >= 1, nameof(ModelWidth));
        Require(SizePerRow ? MaskWidth == 0 && ImageColumn is not null : MaskHeight > 0 && MaskWidth > 0 && (long)MaskHeight * MaskWidth <= Array.MaxLength, nameof(MaskHeight));
        Require(Enum.IsDefined(Fit), nameof(Fit));
        Require((Columns & ~(MaskColumns.All | MaskColumns.Status)) == 0, nameof(Columns));
        Require(Shapes is null || (Shapes.Count == InputColumns.Count && Shapes.All(shape => shape.Heads >= 1 && shape.Height >= 1 && shape.Width >= 1)), nameof(Shapes));
        Require(!Merged || InputColumns.Count == 1, nameof(Merged));
        CheckAnchors();
        CheckWeights();
    }

    /// <exception cref="ArgumentOutOfRangeException">
    /// More anchors than the attention map, where it is known, has tokens.
    /// </exception>
    public void CheckAnchors()
    {
        int longest = Shapes?.Max(shape => Math.Max(shape.Height, shape.Width)) ?? int.MaxValue;
        if (Algorithm.AnchorsPerSide > longest)
        {
            throw new ArgumentOutOfRangeException(
                nameof(DiffSegMaskOptions.AnchorsPerSide),
                Algorithm.AnchorsPerSide,
                $"AnchorsPerSide must be from 2 to {longest}, the longer side of the attention map.");
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">
    /// Another number of weights than the attention, where it is known, has resolutions.
    /// </exception>
    public void CheckWeights()
    {
        int? resolutions = Shapes?.Select(shape => (shape.Height, shape.Width)).Distinct().Count();
        if (Aggregation.Weights is { } weights && resolutions is { } known && weights.Count != known)
        {
            throw new ArgumentOutOfRangeException(
                nameof(DiffSegMaskOptions.ResolutionWeights),
                $"There are {weights.Count} weights for {known} resolutions of attention; give one each, finest first.");
        }
    }

    /// <summary>Values in a column of that shape.</summary>
    public long LengthOf(AttentionShape shape) =>
        Merged ? (long)MergedModel.MapsOf(shape, Algorithm.AnchorsPerSide) * shape.Tokens : shape.Length;

    /// <summary>The settings as options again, everything that null stood for filled in.</summary>
    public DiffSegMaskOptions ToOptions() => new()
    {
        KlThreshold = Algorithm.KlThreshold,
        KlThresholds = Algorithm.KlThresholds is null ? null : [.. Algorithm.KlThresholds],
        Iterations = Algorithm.Iterations,
        AnchorsPerSide = Algorithm.AnchorsPerSide,
        Refine = Algorithm.Refine,
        Fit = Fit,
        Size = SizePerRow ? MaskSize.Original : new MaskSize(MaskHeight, MaskWidth),
        MinRegionShare = Algorithm.MinRegionShare,
        Regions = Algorithm.Regions,
        LabelOrder = Algorithm.LabelOrder,
        ZeroAttention = Algorithm.ZeroAttention,
        ResolutionWeights = Aggregation.Weights is null ? null : [.. Aggregation.Weights],
        MaxDegreeOfParallelism = Algorithm.MaxDegreeOfParallelism,
        Columns = Columns,
        Limits = Limits,
        AttentionShapes = Shapes is null ? null : [.. Shapes],
        ModelImageHeight = ModelHeight,
        ModelImageWidth = ModelWidth,
    };

    private static IReadOnlyList<AttentionShape>? ShapesOf(DiffSegMaskOptions options, AttentionModel? model, int inputs)
    {
        IReadOnlyList<AttentionShape>? shapes = options.AttentionShapes is { } given
            ? [.. given]
            : model?.Outputs.Select(output => output.Shape).ToArray();
        if (shapes is not null && (shapes.Count != inputs || shapes.Any(s => s.Heads < 1 || s.Height < 1 || s.Width < 1)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options.AttentionShapes),
                $"Give one shape of at least 1 head, 1 row and 1 column for each of the {inputs} attention columns.");
        }

        return shapes;
    }

    private static void Require(bool holds, string name)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} is none that the options can give.", name);
        }
    }

    private static int ModelSide(int? option, int? model, string name)
    {
        int side = option ?? model ?? DiffSegMaskOptions.Defaults.ModelImageSize;
        return side >= 1 ? side : throw new ArgumentOutOfRangeException(name, side, $"{name} must be at least 1.");
    }
}
