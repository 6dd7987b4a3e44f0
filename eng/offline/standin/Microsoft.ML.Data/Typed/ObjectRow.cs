using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

/// <summary>An object as a row: the input of a prediction engine, the output of a custom mapping.</summary>
internal sealed class ObjectRow<TRow> : DataViewRow
    where TRow : class
{
    private readonly Delegate[] _getters;
    private TRow? _current;
    private long _position = -1;

    public ObjectRow(MemberColumn[] columns)
    {
        Schema = MemberColumn.SchemaOf(columns);
        _getters = Array.ConvertAll(columns, c => MemberGetter.Make(c, Current));
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    public void MoveTo(TRow value)
    {
        _current = value;
        _position++;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() =>
        (ref DataViewRowId id) => id = new DataViewRowId((ulong)Position, 0);

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        Guard.Typed<TValue>(_getters[column.Index]);

    public Delegate GetUntypedGetter(int column) => _getters[column];

    private TRow Current() => _current ?? throw new InvalidOperationException(EnumerableDataView.NoRow);
}
