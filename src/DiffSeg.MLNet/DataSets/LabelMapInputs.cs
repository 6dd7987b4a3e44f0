using DiffSeg.MLNet.Mapping;
using Microsoft.ML;

namespace DiffSeg.MLNet.DataSets;

/// <summary>The input columns of a label-map loader in one schema, checked.</summary>
internal sealed record LabelMapInputs(DataViewSchema.Column Path, DataViewSchema.Column? Image)
{
    public IReadOnlyList<DataViewSchema.Column> All => Image is { } image ? [Path, image] : [Path];

    public static LabelMapInputs Of(DataViewSchema schema, LabelMapSettings settings) => new(
        SchemaCheck.Text(schema, settings.PathColumn),
        settings.ImageColumn is { } image ? SchemaCheck.PathOrImage(schema, image) : null);

    public static void Check(SchemaShape schema, LabelMapSettings settings)
    {
        SchemaCheck.Text(schema, settings.PathColumn);
        if (settings.ImageColumn is { } image)
        {
            SchemaCheck.PathOrImage(schema, image);
        }
    }
}
