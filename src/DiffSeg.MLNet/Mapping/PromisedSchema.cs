using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Mapping;

/// <summary>
/// The schema that an estimator promises. SchemaShape.Column cannot be constructed outside ML.NET, so a custom
/// mapping that does nothing is asked what it would promise for a class with one member of the wanted type.
/// </summary>
internal static class PromisedSchema
{
    public static SchemaShape Add(
        TransformsCatalog catalog, SchemaShape inputSchema, IEnumerable<(string Name, DataViewType Type)> added)
        => added.Aggregate(inputSchema, (schema, column) => Add(catalog, schema, column.Name, column.Type));

    private static SchemaShape Add(TransformsCatalog catalog, SchemaShape inputSchema, string name, DataViewType type)
        => type switch
        {
            ImageDataViewType => Add<OfImage>(catalog, inputSchema, name, type),
            VectorDataViewType { ItemType.RawType: var item } when item == typeof(float) => Add<OfAttention>(catalog, inputSchema, name, type),
            VectorDataViewType => Add<OfLabels>(catalog, inputSchema, name, type),
            TextDataViewType => Add<OfText>(catalog, inputSchema, name, type),
            _ when type.RawType == typeof(float) => Add<OfSingle>(catalog, inputSchema, name, type),
            _ => Add<OfInt32>(catalog, inputSchema, name, type),
        };

    private static SchemaShape Add<TColumn>(
        TransformsCatalog catalog, SchemaShape inputSchema, string name, DataViewType type)
        where TColumn : class, new()
    {
        var definition = SchemaDefinition.Create(typeof(TColumn));
        definition[0].ColumnName = name;
        definition[0].ColumnType = type;
        return catalog.CustomMapping<Nothing, TColumn>((_, _) => { }, null, null, definition)
            .GetOutputSchema(inputSchema);
    }

    private sealed class Nothing;

    private sealed class OfLabels
    {
        public VBuffer<ushort> Value { get; set; }
    }

    private sealed class OfAttention
    {
        public VBuffer<float> Value { get; set; }
    }

    private sealed class OfInt32
    {
        public int Value { get; set; }
    }

    private sealed class OfSingle
    {
        public float Value { get; set; }
    }

    private sealed class OfText
    {
        public string Value { get; set; } = "";
    }

    private sealed class OfImage
    {
        [ImageType(1, 1)]
        public MLImage? Value { get; set; }
    }
}
