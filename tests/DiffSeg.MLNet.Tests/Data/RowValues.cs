using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Data;

/// <summary>The values of a row as text that two rows, or two processes, can be compared by.</summary>
internal static class RowValues
{
    /// <summary>One line per row, in order.</summary>
    public static List<string> Read(IDataView view, params string[] columns)
    {
        DataViewSchema.Column[] active = Columns(view.Schema, columns);
        using DataViewRowCursor cursor = view.GetRowCursor(active);
        return Read(cursor, active);
    }

    /// <summary>One line per row of a cursor.</summary>
    public static List<string> Read(DataViewRowCursor cursor, DataViewSchema.Column[] columns)
    {
        Func<string> line = Reader(cursor, columns);
        List<string> lines = [];
        while (cursor.MoveNext())
        {
            lines.Add(line());
        }

        return lines;
    }

    /// <summary>Reads the current row.</summary>
    public static Func<string> Reader(DataViewRow row, DataViewSchema.Column[] columns)
    {
        Func<string>[] readers = [.. columns.Select(column => Reader(row, column))];
        return () => string.Join("; ", readers.Select((reader, i) => $"{columns[i].Name} = {reader()}"));
    }

    public static DataViewSchema.Column[] Columns(DataViewSchema schema, IEnumerable<string> names)
        => [.. names.Select(name => schema[name])];

    private static Func<string> Reader(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType { ItemType.RawType: var item } when item == typeof(ushort) => Vector<ushort>(row, column),
        VectorDataViewType { ItemType.RawType: var item } when item == typeof(float) => Vector<float>(row, column),
        { RawType: var raw } when raw == typeof(int) => Scalar<int>(row, column),
        { RawType: var raw } when raw == typeof(float) => Scalar<float>(row, column),
        { RawType: var raw } when raw == typeof(ReadOnlyMemory<char>) => Scalar<ReadOnlyMemory<char>>(row, column),
        { RawType: var raw } when raw == typeof(MLImage) => Image(row, column),
        _ => throw new NotSupportedException($"Column {column}"),
    };

    private static Func<string> Scalar<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return () =>
        {
            T value = default!;
            getter(ref value);
            return value?.ToString() ?? "null";
        };
    }

    private static Func<string> Vector<T>(DataViewRow row, DataViewSchema.Column column)
        where T : unmanaged
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            T[] dense = [.. value.DenseValues()];
            return $"{dense.Length} values {Hash(MemoryMarshal.AsBytes<T>(dense))}";
        };
    }

    private static Func<string> Image(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<MLImage> getter = row.GetGetter<MLImage>(column);
        MLImage value = null!;
        return () =>
        {
            getter(ref value);
            return value is null ? "null" : $"{value.Width}x{value.Height} {Hash(value.Pixels)}";
        };
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => $"{XxHash3.HashToUInt64(bytes):x}";
}
