using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Masks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Evaluation;

/// <summary>A column of masks or label maps, with the columns of their sizes where its type does not tell them.</summary>
/// <param name="Values">The labels or classes.</param>
/// <param name="Height">The maps' height where it is told by a column.</param>
/// <param name="Width">The maps' width where it is told by a column.</param>
internal sealed record MapColumn(DataViewSchema.Column Values, DataViewSchema.Column? Height, DataViewSchema.Column? Width)
{
    private const string Expected = "Vector<UInt16>";

    public string Name => Values.Name;

    /// <summary>The size that the type tells: the last two of its dimensions.</summary>
    public (int Height, int Width)? KnownSize
        => Values.Type is VectorDataViewType { IsKnownSize: true, Dimensions: { Length: >= 2 } sides }
            ? (sides[^2], sides[^1])
            : null;

    public IEnumerable<DataViewSchema.Column> All
        => Height is { } height && Width is { } width ? [Values, height, width] : [Values];

    public static MapColumn Of(DataViewSchema schema, string name)
    {
        MapColumn column = new(
            SchemaCheck.Column(
                schema,
                name,
                Expected,
                type => type is VectorDataViewType vector && vector.ItemType.Equals(NumberDataViewType.UInt16)),
            null,
            null);
        return column.KnownSize is not null
            ? column
            : column with { Height = Number(schema, name + MaskOutput.Height), Width = Number(schema, name + MaskOutput.Width) };
    }

    private static DataViewSchema.Column? Number(DataViewSchema schema, string name)
        => schema.GetColumnOrNull(name) is { } column && column.Type.Equals(NumberDataViewType.Int32) ? column : null;
}
