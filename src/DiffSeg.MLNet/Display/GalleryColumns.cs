using DiffSeg.MLNet.Evaluation;
using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Masks;
using Microsoft.ML;

namespace DiffSeg.MLNet.Display;

/// <summary>The columns that a gallery reads, checked.</summary>
/// <param name="Mask">The masks.</param>
/// <param name="Picture">The pictures or the paths of their files.</param>
/// <param name="Caption">Texts to stand beneath them; null for the files' names.</param>
/// <param name="Status">Why rows have no mask; null where the data does not say.</param>
internal sealed record GalleryColumns(
    MapColumn Mask, DataViewSchema.Column Picture, DataViewSchema.Column? Caption, DataViewSchema.Column? Status)
{
    public IEnumerable<DataViewSchema.Column> All
        => [.. Mask.All, Picture, .. new[] { Caption, Status }.OfType<DataViewSchema.Column>()];

    public static GalleryColumns Of(DataViewSchema schema, string mask, string picture, string? caption, string? status) => new(
        MapColumn.Of(schema, mask),
        SchemaCheck.PathOrImage(schema, picture),
        caption is null ? null : SchemaCheck.Text(schema, caption),
        StatusColumn.Of(schema, mask, status));
}
