using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

/// <summary>
/// What a user sees of ML.NET's consolidating cursor: rows are read ahead in batches of 64 and kept as copies, and an
/// error under it arrives wrapped, in place of its whole batch. There are no threads here.
/// </summary>
internal sealed class ReadAheadCursor : WrappingCursor
{
    private const int BatchSize = 64;
    private readonly ColumnStore[] _stores;
    private readonly ColumnStore<DataViewRowId> _ids;
    private long _position = -1;
    private int _index;
    private int _held;

    public ReadAheadCursor(DataViewRowCursor input, DataViewSchema.Column[] active) : base(input, input.Schema, active)
    {
        _stores = new ColumnStore[input.Schema.Count];
        foreach (DataViewSchema.Column column in active)
        {
            _stores[column.Index] = ColumnStore.Over(input, input.Schema[column.Index]);
        }

        _ids = new ColumnStore<DataViewRowId>(input.GetIdGetter());
    }

    public override long Position => _position;

    public override bool MoveNext()
    {
        if (++_index >= _held && !Fill())
        {
            _position = -1;
            return false;
        }
        _position++;
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => _ids.MakeGetter(() => _index);

    protected override ValueGetter<TValue> GetActiveGetter<TValue>(DataViewSchema.Column column) =>
        Guard.Typed<TValue>(_stores[column.Index].MakeUntypedGetter(() => _index));

    private bool Fill()
    {
        ColumnStore[] stores = [.. _stores.Where(s => s is not null), _ids];
        Array.ForEach(stores, s => s.Clear());
        _index = 0;
        _held = 0;
        try
        {
            for (; _held < BatchSize && Input.MoveNext(); _held++)
            {
                Array.ForEach(stores, s => s.Append());
            }
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(
                "Splitter/consolidator worker encountered exception while consuming source data", exception);
        }
        return _held > 0;
    }
}
