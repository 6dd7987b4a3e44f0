using Microsoft.ML;

namespace DiffSeg.MLNet.Mapping;

/// <summary>A data view with the added columns. Lazy: nothing is computed until a cursor's getter asks.</summary>
internal sealed class MappedView(IDataView source, ColumnMapping mapping) : IDataView
{
    public DataViewSchema Schema => mapping.OutputSchema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        // Not source.GetRowCursor: that of a built-in view fills batches of some 64 rows of the columns asked for
        // ahead of time, on several threads. Ours are attention maps of 100 MB and more a row.
        DataViewRowCursor input = source.GetRowCursorSet(mapping.DependenciesOf(columns), 1, rand)[0];
        return new MappedCursor(mapping, input, columns);
    }

    /// <remarks>
    /// Always one cursor: each would hold a row of attention maps, and the computation of a row uses the cores itself.
    /// A built-in transformer that follows splits it and buffers only the columns that it needs.
    /// </remarks>
    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}
