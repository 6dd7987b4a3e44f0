using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Mapping;

/// <summary>Finds input columns, and says what is wrong with one in ML.NET's own words and exception type.</summary>
internal static class SchemaCheck
{
    private const string ImageType = "Image";
    private const string TextType = "String";

    public static DataViewSchema.Column Column(
        DataViewSchema inputSchema, string name, string expected, Func<DataViewType, bool> accepts)
    {
        DataViewSchema.Column column = inputSchema.GetColumnOrNull(name) ?? throw NotFound(name);
        return accepts(column.Type) ? column : throw Mismatch(name, expected, column.Type.ToString());
    }

    public static void Column(
        SchemaShape inputSchema, string name, string expected, Func<SchemaShape.Column, bool> accepts)
    {
        foreach (SchemaShape.Column column in inputSchema)
        {
            if (column.Name == name)
            {
                if (!accepts(column))
                {
                    throw Mismatch(name, expected, Describe(column));
                }

                return;
            }
        }

        throw NotFound(name);
    }

    public static DataViewSchema.Column Image(DataViewSchema inputSchema, string name)
        => Column(inputSchema, name, ImageType, type => type is ImageDataViewType);

    public static void Image(SchemaShape inputSchema, string name)
        => Column(inputSchema, name, ImageType, column => IsScalar(column) && column.ItemType is ImageDataViewType);

    public static DataViewSchema.Column Text(DataViewSchema inputSchema, string name)
        => Column(inputSchema, name, TextType, type => type is TextDataViewType);

    public static void Text(SchemaShape inputSchema, string name)
        => Column(inputSchema, name, TextType, column => IsScalar(column) && column.ItemType is TextDataViewType);

    public static DataViewSchema.Column PathOrImage(DataViewSchema inputSchema, string name)
        => Column(inputSchema, name, $"{TextType} or {ImageType}", type => type is TextDataViewType or ImageDataViewType);

    public static void PathOrImage(SchemaShape inputSchema, string name)
        => Column(
            inputSchema,
            name,
            $"{TextType} or {ImageType}",
            column => IsScalar(column) && (column.ItemType is TextDataViewType or ImageDataViewType));

    private static bool IsScalar(SchemaShape.Column column) => column.Kind == SchemaShape.Column.VectorKind.Scalar;

    private static ArgumentOutOfRangeException NotFound(string name)
        => new("inputSchema", $"Could not find input column '{name}'");

    private static ArgumentOutOfRangeException Mismatch(string name, string expected, string? actual)
        => new("inputSchema", $"Schema mismatch for input column '{name}': expected {expected}, got {actual}");

    private static string Describe(SchemaShape.Column column)
    {
        string item = column.IsKey ? $"Key<{column.ItemType}>" : column.ItemType.ToString()!;
        return column.Kind switch
        {
            SchemaShape.Column.VectorKind.Vector => $"Vector<{item}>",
            SchemaShape.Column.VectorKind.VariableVector => $"VarVector<{item}>",
            _ => item,
        };
    }
}
