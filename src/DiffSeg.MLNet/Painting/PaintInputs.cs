using DiffSeg.MLNet.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Painting;

/// <summary>The input columns of a painting transformer in one schema, checked.</summary>
internal sealed record PaintInputs(
    DataViewSchema.Column Image, DataViewSchema.Column Mask, DataViewSchema.Column? Height, DataViewSchema.Column? Width)
{
    private const string MaskType = "Vector<UInt16>";

    public IReadOnlyList<DataViewSchema.Column> All
        => Height is { } height && Width is { } width ? [Image, Mask, height, width] : [Image, Mask];

    public static PaintInputs Of(DataViewSchema schema, PaintSettings settings)
    {
        DataViewSchema.Column image = SchemaCheck.Image(schema, settings.ImageColumn);
        DataViewSchema.Column mask = SchemaCheck.Column(
            schema,
            settings.MaskColumn,
            MaskType,
            type => type is VectorDataViewType vector && vector.ItemType.RawType == typeof(ushort));
        // A mask whose type tells its size needs no columns for it.
        bool known = settings.For(mask).MaskHeight > 0;
        DataViewSchema.Column? height = known ? null : Number(schema, settings.HeightColumn);
        DataViewSchema.Column? width = known ? null : Number(schema, settings.WidthColumn);
        return height is null || width is null ? new(image, mask, null, null) : new(image, mask, height, width);
    }

    public static void Check(SchemaShape schema, PaintSettings settings)
    {
        SchemaCheck.Image(schema, settings.ImageColumn);
        SchemaCheck.Column(
            schema,
            settings.MaskColumn,
            MaskType,
            c => c.Kind != SchemaShape.Column.VectorKind.Scalar && c.ItemType.RawType == typeof(ushort));
    }

    private static DataViewSchema.Column? Number(DataViewSchema schema, string name)
        => schema.GetColumnOrNull(name) is { } column && column.Type.RawType == typeof(int) ? column : null;
}
