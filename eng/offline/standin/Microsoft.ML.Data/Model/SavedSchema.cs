using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

/// <summary>The input schema that is saved with a model: the columns that can be kept.</summary>
internal static class SavedSchema
{
    public static void Write(ZipArchive archive, DataViewSchema schema)
    {
        DataViewSchema.Column[] columns = [.. schema.Where(c => ColumnStore.CanHold(c.Type))];
        Guard.State(columns.Length > 0, "No valid columns to save");
        using var writer = new BinaryWriter(archive.CreateEntry(ModelFile.Schema).Open(), Encoding.UTF8);
        writer.Write(columns.Length);
        foreach (DataViewSchema.Column column in columns)
        {
            writer.Write(column.Name);
            var vector = column.Type as VectorDataViewType;
            writer.Write(vector?.Dimensions.Length ?? 0);
            foreach (int dimension in vector?.Dimensions ?? [])
            {
                writer.Write(dimension);
            }

            PrimitiveDataViewType item = vector?.ItemType ?? (PrimitiveDataViewType)column.Type;
            writer.Write(item.RawType.FullName!);
            writer.Write((item as KeyDataViewType)?.Count ?? 0);
        }
    }

    public static DataViewSchema? ReadOrNull(ZipArchive archive)
    {
        if (archive.GetEntry(ModelFile.Schema) is not { } entry)
        {
            return null;
        }

        using var reader = new BinaryReader(entry.Open(), Encoding.UTF8);
        var builder = new DataViewSchema.Builder();
        for (int i = reader.ReadCount(); i > 0; i--)
        {
            string name = reader.ReadString();
            var dimensions = new int[reader.ReadCount()];
            for (int d = 0; d < dimensions.Length; d++)
            {
                dimensions[d] = reader.ReadInt32();
            }

            PrimitiveDataViewType item = RawTypes.Named(reader.ReadString());
            if (reader.ReadUInt64() is > 0 and var count)
            {
                item = new KeyDataViewType(item.RawType, count);
            }

            builder.AddColumn(name, dimensions.Length == 0 ? item : new VectorDataViewType(item, dimensions));
        }
        return builder.ToSchema();
    }
}
