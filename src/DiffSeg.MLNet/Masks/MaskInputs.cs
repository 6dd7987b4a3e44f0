using DiffSeg.MLNet.Images;
using DiffSeg.MLNet.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Masks;

/// <summary>The input columns of a mask transformer in one schema, checked.</summary>
internal sealed record MaskInputs(
    IReadOnlyList<DataViewSchema.Column> Attention, DataViewSchema.Column? Image, DataViewSchema.Column? PictureStatus,
    DataViewSchema.Column? Path)
{
    private const string AttentionType = "Vector<Single>";

    public IReadOnlyList<DataViewSchema.Column> All
        => [.. Attention, .. new[] { Image, PictureStatus, Path }.OfType<DataViewSchema.Column>()];

    public static MaskInputs Of(DataViewSchema schema, MaskSettings settings) => new(
        [.. settings.InputColumns.Select((name, index) => Vector(schema, settings, name, index))],
        settings.ImageColumn is { } image ? SchemaCheck.Image(schema, image) : null,
        settings.PictureStatusColumn is { } status ? SchemaCheck.Text(schema, status) : StatusBeside(schema, settings.ImageColumn),
        settings.PathColumn is { } path ? SchemaCheck.Text(schema, path) : null);

    /// <summary>The same checks before there is data, as far as a schema's shape tells.</summary>
    public static void Check(SchemaShape schema, MaskSettings settings)
    {
        foreach (string name in settings.InputColumns)
        {
            SchemaCheck.Column(
                schema,
                name,
                AttentionType,
                c => c.Kind != SchemaShape.Column.VectorKind.Scalar && c.ItemType.RawType == typeof(float));
        }

        if (settings.ImageColumn is { } image)
        {
            SchemaCheck.Image(schema, image);
        }

        foreach (string? text in new[] { settings.PictureStatusColumn, settings.PathColumn })
        {
            if (text is not null)
            {
                SchemaCheck.Text(schema, text);
            }
        }
    }

    public AttentionShape?[] ShapesOf(MaskSettings settings)
        => [.. Attention.Select((column, index) => settings.Shapes?[index]
            ?? AttentionColumn.ShapeOf(column.Name, (VectorDataViewType)column.Type))];

    // What LoadPictures adds beside its pictures.
    private static DataViewSchema.Column? StatusBeside(DataViewSchema schema, string? imageColumn)
        => imageColumn is not null
            && schema.GetColumnOrNull(PictureLoadingSettings.StatusOf(imageColumn)) is { Type: TextDataViewType } status ? status : null;

    private static DataViewSchema.Column Vector(DataViewSchema schema, MaskSettings settings, string name, int index)
    {
        long? length = settings.Shapes is { } shapes ? settings.LengthOf(shapes[index]) : null;
        string expected = length is null ? AttentionType : $"Vector<Single, {length}> ({settings.Shapes![index]})";
        return SchemaCheck.Column(
            schema,
            name,
            expected,
            type => type is VectorDataViewType vector && vector.ItemType.RawType == typeof(float)
                && (length is null || !vector.IsKnownSize || vector.Size == length));
    }
}
