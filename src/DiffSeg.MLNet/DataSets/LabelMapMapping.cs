using DiffSeg.MLNet.Mapping;
using Microsoft.ML;

namespace DiffSeg.MLNet.DataSets;

/// <summary>A label-map loader's columns over one input schema.</summary>
internal sealed class LabelMapMapping : ColumnMapping
{
    private LabelMapMapping(DataViewSchema inputSchema, LabelMapSettings settings, LabelMapInputs inputs)
        : base(inputSchema, [.. settings.Outputs.Select(output => new AddedColumn(output.Name, output.Type, inputs.All))])
    {
        Settings = settings;
        Inputs = inputs;
    }

    public LabelMapSettings Settings { get; }

    public LabelMapInputs Inputs { get; }

    public static LabelMapMapping Of(DataViewSchema inputSchema, LabelMapSettings settings)
        => new(inputSchema, settings, LabelMapInputs.Of(inputSchema, settings));

    // Of a picture only the size is read, unless somebody wants the picture itself from us.
    public override IReadOnlyCollection<int> MeasuredOnly(IEnumerable<DataViewSchema.Column> outputColumns)
        => Inputs.Image is { } image && outputColumns.All(column => column.Index != image.Index) ? [image.Index] : [];

    public override RowComputation Over(DataViewRow input) => new LabelMapRow(this, input);
}
