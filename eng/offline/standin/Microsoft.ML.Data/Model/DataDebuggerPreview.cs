using System.Collections.Immutable;

namespace Microsoft.ML.Data;

/// <summary>The first rows of a view, twice: by row and by column.</summary>
public sealed class DataDebuggerPreview
{
    internal DataDebuggerPreview(IDataView data, int maxRows)
    {
        Guard.Argument(maxRows >= 0, nameof(maxRows));
        Schema = data.Schema;
        using DataViewRowCursor cursor = data.GetRowCursor(Schema);
        Func<object>[] readers =
            [.. Schema.Select(c => Generic.Call<Func<object>>(Reader<int>, [c.Type.RawType], cursor, c))];
        var rows = new List<RowInfo>();
        var columns = Schema.Select(_ => new List<object>()).ToArray();
        while (rows.Count < maxRows && cursor.MoveNext())
        {
            var row = new RowInfo(new KeyValuePair<string, object>[readers.Length]);
            for (int c = 0; c < readers.Length; c++)
            {
                // Read twice, because each of the two views owns its values.
                row.Values[c] = KeyValuePair.Create(Schema[c].Name, readers[c]());
                columns[c].Add(readers[c]());
            }
            rows.Add(row);
        }
        RowView = [.. rows];
        ColumnView = [.. Schema.Select(c => new ColumnInfo(c, [.. columns[c.Index]]))];
    }

    public DataViewSchema Schema { get; }

    public ImmutableArray<ColumnInfo> ColumnView { get; }

    public ImmutableArray<RowInfo> RowView { get; }

    public override string ToString() => $"{Schema.Count} columns, {RowView.Length} rows";

    private static Func<object> Reader<TValue>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<TValue>(column);
        return () =>
        {
            TValue value = default!;
            getter(ref value);
            return value!;
        };
    }

    public sealed class ColumnInfo
    {
        internal ColumnInfo(DataViewSchema.Column column, object[] values)
        {
            Column = column;
            Values = values;
        }

        public DataViewSchema.Column Column { get; }

        public object[] Values { get; }

        public override string ToString() => $"{Column.Name}: {Column.Type}";
    }

    public sealed class RowInfo
    {
        internal RowInfo(KeyValuePair<string, object>[] values) => Values = values;

        public KeyValuePair<string, object>[] Values { get; }

        public override string ToString() => $"{Values.Length} columns";
    }
}
