namespace Microsoft.ML;

/// <summary>Reads one value of the current row, reusing what is there if it can.</summary>
public delegate void ValueGetter<TValue>(ref TValue value);

/// <summary>Data with a schema, read lazily through cursors.</summary>
public interface IDataView
{
    bool CanShuffle { get; }

    DataViewSchema Schema { get; }

    long? GetRowCount();

    DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null);

    DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null);
}
