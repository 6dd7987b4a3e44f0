using DiffSeg.MLNet.Masks;
using Microsoft.ML;

namespace DiffSeg.MLNet.Evaluation;

/// <summary>The columns that an evaluation reads, checked.</summary>
/// <param name="Label">The ground truth.</param>
/// <param name="Mask">The masks.</param>
/// <param name="Status">Why rows have no mask; null where the data does not say.</param>
internal sealed record EvaluationColumns(MapColumn Label, MapColumn Mask, DataViewSchema.Column? Status)
{
    public IEnumerable<DataViewSchema.Column> All
        => Status is { } status ? [.. Label.All, .. Mask.All, status] : [.. Label.All, .. Mask.All];

    public static EvaluationColumns Of(DataViewSchema schema, string label, string mask, string? status)
        => new(MapColumn.Of(schema, label), MapColumn.Of(schema, mask), StatusColumn.Of(schema, mask, status));
}
