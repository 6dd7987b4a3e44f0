using Microsoft.ML;

namespace DiffSeg.MLNet.Mapping;

/// <summary>A data view with the added columns. Lazy: nothing is computed until a cursor's getter asks.</summary>
internal sealed class MappedView(IDataView source, ColumnMapping mapping) : IDataView
{
    public DataViewSchema Schema => mapping.OutputSchema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => Open([.. columnsNeeded], [], rand);

    /// <remarks>
    /// Always one cursor: each would hold a row of attention maps, and the computation of a row uses the cores itself.
    /// A built-in transformer that follows splits it and buffers only the columns that it needs.
    /// </remarks>
    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private DataViewRowCursor Open(DataViewSchema.Column[] columns, IReadOnlyCollection<int> measuredOnly, Random? rand)
    {
        IEnumerable<DataViewSchema.Column> needed = mapping.DependenciesOf(columns);
        // Not source.GetRowCursor: that of a built-in view fills batches of some 64 rows of the columns asked for
        // ahead of time, on several threads. Ours are attention maps of 100 MB and more a row.
        DataViewRowCursor input = source is MappedView ours
            ? ours.Open([.. needed], mapping.MeasuredOnly(columns), rand)
            : source.GetRowCursorSet(needed, 1, rand)[0];
        try
        {
            return mapping.CursorOver(input, columns, measuredOnly);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }
}
