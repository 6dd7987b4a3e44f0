using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

/// <summary>Moves over rows that are kept in memory, in a given order.</summary>
internal sealed class StoredCursor(
    DataViewSchema schema, IReadOnlyDictionary<int, ColumnStore> stores, ColumnStore<DataViewRowId> ids, int[] order)
    : DataViewRowCursor
{
    private long _position = -1;
    private int _moved;

    public override DataViewSchema Schema => schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override bool MoveNext()
    {
        // At its end a cursor stays.
        _position = _moved < order.Length ? _moved++ : -1;
        return _position >= 0;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => stores.ContainsKey(column.Index);

    public override ValueGetter<DataViewRowId> GetIdGetter() => ids.MakeGetter(Row);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Guard.State(IsColumnActive(column), $"Column '{column.Name}' is not active");
        return Guard.Typed<TValue>(stores[column.Index].MakeUntypedGetter(Row));
    }

    private int Row() => order[_position];
}
