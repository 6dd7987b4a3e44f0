using Microsoft.ML;

namespace DiffSeg.MLNet.Evaluation;

/// <summary>The columns that an evaluation reads, checked.</summary>
internal sealed record EvaluationColumns(MapColumn Label, MapColumn Mask)
{
    public IEnumerable<DataViewSchema.Column> All => [.. Label.All, .. Mask.All];

    public static EvaluationColumns Of(DataViewSchema schema, string label, string mask)
        => new(MapColumn.Of(schema, label), MapColumn.Of(schema, mask));
}
