using Microsoft.ML;

namespace DiffSeg.MLNet.Mapping;

/// <summary>A data view with the added columns. Lazy: nothing is computed until a cursor's getter asks.</summary>
internal sealed class MappedView(IDataView source, ColumnMapping mapping) : IDataView
{
    public DataViewSchema Schema => mapping.OutputSchema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    // A set of one, not a plain cursor: that of a built-in view fills batches of some 64 rows of the columns asked for
    // ahead of time, on several threads. Ours are attention maps of 100 MB and more a row.
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => Open([.. columnsNeeded], [], 1, largeRows: false, rand)[0];

    /// <remarks>
    /// Rows of attention are shared out by the scoring step, row by row and in bounded memory. What comes with attention from
    /// elsewhere has one cursor: each would hold a row of maps, and the computation of a row uses the cores itself. A
    /// built-in transformer that follows splits it and buffers only the columns that it needs.
    /// </remarks>
    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => Open([.. columnsNeeded], [], n, largeRows: false, rand);

    private DataViewRowCursor[] Open(
        DataViewSchema.Column[] columns, IReadOnlyCollection<int> measuredOnly, int asked, bool largeRows, Random? rand)
    {
        DataViewSchema.Column[] needed = [.. mapping.DependenciesOf(columns)];
        largeRows |= mapping.ReadsLargeRows(columns);
        DataViewRowCursor[] inputs = source is MappedView ours
            ? ours.Open(needed, mapping.MeasuredOnly(columns), asked, largeRows, rand)
            : source.GetRowCursorSet(needed, largeRows ? 1 : asked, rand);
        try
        {
            return mapping.CursorsOver(inputs, columns, measuredOnly, asked);
        }
        catch
        {
            Array.ForEach(inputs, input => input.Dispose());
            throw;
        }
    }
}
