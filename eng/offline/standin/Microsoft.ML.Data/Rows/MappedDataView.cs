using Microsoft.ML;

namespace DiffSeg.StandIn;

/// <summary>A data view under a row mapping. Nothing is read before a cursor moves.</summary>
internal sealed class MappedDataView(IDataView source, RowMapping mapping) : IDataView
{
    public DataViewSchema Schema => mapping.OutputSchema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    /// <summary>
    /// ML.NET reads rows ahead, in batches, when something is computed and every requested column can be copied; an
    /// image column switches that off. A choice of columns leaves it to its source.
    /// </summary>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        if (mapping.Computes(columns) && columns.All(c => ColumnStore.CanHold(c.Type)))
        {
            return new ReadAheadCursor(GetRowCursorSet(columns, 1, rand)[0], columns);
        }

        return new MappedCursor(source.GetRowCursor(mapping.GetDependencies(columns), rand), mapping, columns);
    }

    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return Array.ConvertAll(
            source.GetRowCursorSet(mapping.GetDependencies(columns), n, rand),
            cursor => new MappedCursor(cursor, mapping, columns));
    }
}

/// <summary>Moves over the source and computes what was asked for.</summary>
internal sealed class MappedCursor : WrappingCursor
{
    private readonly RowMapping _mapping;
    private readonly Delegate?[] _getters;
    private readonly Action? _disposer;

    public MappedCursor(DataViewRowCursor input, RowMapping mapping, DataViewSchema.Column[] active)
        : base(input, mapping.OutputSchema, active)
    {
        _mapping = mapping;
        _getters = mapping.MakeGetters(input, active, out _disposer);
    }

    protected override ValueGetter<TValue> GetActiveGetter<TValue>(DataViewSchema.Column column)
    {
        int source = _mapping.SourceOf(column);
        return source >= 0
            ? Input.GetGetter<TValue>(Input.Schema[source])
            : Guard.Typed<TValue>(_getters[~source]!);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _disposer?.Invoke();
        }

        base.Dispose(disposing);
    }
}
