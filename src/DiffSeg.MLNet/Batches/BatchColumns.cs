using DiffSeg.MLNet.Evaluation;
using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Masks;
using Microsoft.ML;

namespace DiffSeg.MLNet.Batches;

/// <summary>The columns that are saved, checked.</summary>
/// <param name="Image">The ids.</param>
/// <param name="Mask">The masks.</param>
/// <param name="Status">What went wrong; null where the data does not say.</param>
internal sealed record BatchColumns(DataViewSchema.Column Image, MapColumn Mask, DataViewSchema.Column? Status)
{
    public IEnumerable<DataViewSchema.Column> All => Status is { } status ? [Image, .. Mask.All, status] : [Image, .. Mask.All];

    public static BatchColumns Of(DataViewSchema schema, BatchSavingOptions options) => new(
        SchemaCheck.Text(schema, options.ImageColumn),
        MapColumn.Of(schema, options.MaskColumn),
        StatusColumn.Of(schema, options.MaskColumn, options.StatusColumn));
}
