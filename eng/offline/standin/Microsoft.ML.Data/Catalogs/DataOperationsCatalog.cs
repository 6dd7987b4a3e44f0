using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Makes, reads and cuts data views.</summary>
public sealed class DataOperationsCatalog
{
    internal DataOperationsCatalog(MLContext context) => Context = context;

    internal MLContext Context { get; }

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition? schemaDefinition = null)
        where TRow : class =>
        new EnumerableDataView<TRow>(
            Guard.NotNull(data, nameof(data)),
            MemberColumn.Of(typeof(TRow), schemaDefinition, SchemaDefinition.Direction.Read));

    public IEnumerable<TRow> CreateEnumerable<TRow>(
        IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false,
        SchemaDefinition? schemaDefinition = null)
        where TRow : class, new()
    {
        var reader = new RowReader<TRow>(
            Guard.NotNull(data, nameof(data)).Schema, ignoreMissingColumns, schemaDefinition);
        return Enumerate(data, reader, reuseRowObject);
    }

    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        var cached = new CachedDataView(Guard.NotNull(input, nameof(input)));
        if (columnsToPrefetch is { Length: > 0 })
        {
            cached.GetRowCursor(columnsToPrefetch.Select(name => cached.Schema.GetColumnOrNull(name)
                ?? throw Guard.MissingColumn(name, "prefetch", nameof(columnsToPrefetch)))).Dispose();
        }
        return cached;
    }

    public IDataView TakeRows(IDataView input, long count)
    {
        Guard.NotNull(input, nameof(input));
        Guard.Argument(count > 0, nameof(count), "Must be greater than zero.");
        return new RowRangeDataView(input, 0, count);
    }

    public IDataView SkipRows(IDataView input, long count)
    {
        Guard.NotNull(input, nameof(input));
        Guard.Argument(count > 0, nameof(count), "Must be greater than zero.");
        return new RowRangeDataView(input, count, long.MaxValue);
    }

    public IDataView ShuffleRows(
        IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        Guard.NotNull(input, nameof(input));
        Guard.Argument(shufflePoolSize > 0, nameof(shufflePoolSize), "Must be positive");
        return new ShuffledDataView(input, seed);
    }

    private static IEnumerable<TRow> Enumerate<TRow>(IDataView data, RowReader<TRow> reader, bool reuseRowObject)
        where TRow : class, new()
    {
        using DataViewRowCursor cursor = data.GetRowCursor(reader.Columns);
        Action<TRow> fill = reader.Over(cursor);
        var row = new TRow();
        while (cursor.MoveNext())
        {
            fill(row);
            yield return row;
            if (!reuseRowObject)
            {
                row = new TRow();
            }
        }
    }
}
