using DiffSeg.MLNet.Evaluation;
using DiffSeg.MLNet.Mapping;
using Microsoft.ML;

namespace DiffSeg.MLNet.Display;

/// <summary>The columns that a gallery reads, checked.</summary>
/// <param name="Mask">The masks.</param>
/// <param name="Picture">The pictures or the paths of their files.</param>
/// <param name="Caption">Texts to stand beneath them; null for the files' names.</param>
internal sealed record GalleryColumns(MapColumn Mask, DataViewSchema.Column Picture, DataViewSchema.Column? Caption)
{
    public IEnumerable<DataViewSchema.Column> All => Caption is { } caption ? [.. Mask.All, Picture, caption] : [.. Mask.All, Picture];

    public static GalleryColumns Of(DataViewSchema schema, string mask, string picture, string? caption) => new(
        MapColumn.Of(schema, mask),
        SchemaCheck.PathOrImage(schema, picture),
        caption is null ? null : SchemaCheck.Text(schema, caption));
}
