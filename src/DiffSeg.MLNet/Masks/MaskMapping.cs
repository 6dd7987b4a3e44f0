using DiffSeg.MLNet.Mapping;
using Microsoft.ML;

namespace DiffSeg.MLNet.Masks;

/// <summary>A mask transformer's columns over one input schema.</summary>
internal sealed class MaskMapping : ColumnMapping
{
    private readonly AttentionShape?[] _typeShapes;

    private MaskMapping(DataViewSchema inputSchema, MaskSettings settings, MaskInputs inputs, MaskOutput[] outputs)
        : base(inputSchema, [.. outputs.Select(output =>
            new AddedColumn(MaskOutputs.NameOf(output, settings), MaskOutputs.TypeOf(output, settings), inputs.All))])
    {
        Outputs = outputs;
        Attention = inputs.Attention;
        Image = inputs.Image;
        PictureStatus = inputs.PictureStatus;
        Path = inputs.Path;
        _typeShapes = inputs.ShapesOf(settings);
        Shapes = _typeShapes.All(shape => shape is not null) ? [.. _typeShapes.Select(shape => shape!.Value)] : null;
        Settings = settings with { Shapes = Shapes };
        Settings.CheckAnchors();
        Settings.CheckWeights();
    }

    /// <summary>The settings, with the shapes that this schema tells.</summary>
    public MaskSettings Settings { get; }

    public IReadOnlyList<MaskOutput> Outputs { get; }

    public IReadOnlyList<DataViewSchema.Column> Attention { get; }

    public DataViewSchema.Column? Image { get; }

    /// <summary>Text column that says why a row has no picture; null for none.</summary>
    public DataViewSchema.Column? PictureStatus { get; }

    public DataViewSchema.Column? Path { get; }

    /// <summary>
    /// The shape of every attention column, when options, model or column types tell; otherwise null.
    /// </summary>
    public IReadOnlyList<AttentionShape>? Shapes { get; }

    public static MaskMapping Of(DataViewSchema inputSchema, MaskSettings settings)
        => new(inputSchema, settings, MaskInputs.Of(inputSchema, settings), MaskOutputs.Of(settings));

    /// <summary>The shape of one attention column as far as it is known before its data.</summary>
    public AttentionShape? ShapeOf(int index) => _typeShapes[index];

    // Of the picture only the size is read, unless somebody wants the picture itself from us.
    public override IReadOnlyCollection<int> MeasuredOnly(IEnumerable<DataViewSchema.Column> outputColumns)
        => Image is { } image && outputColumns.All(column => column.Index != image.Index) ? [image.Index] : [];

    public override bool ReadsLargeRows(IEnumerable<DataViewSchema.Column> outputColumns) => outputColumns.Any(IsAdded);

    public override RowComputation Over(DataViewRow input) => new MaskRow(this, input);
}
