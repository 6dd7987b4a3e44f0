using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

/// <summary>A cursor over another cursor, which it owns.</summary>
internal abstract class WrappingCursor : DataViewRowCursor
{
    private readonly bool[] _active;

    protected WrappingCursor(
        DataViewRowCursor input, DataViewSchema schema, IEnumerable<DataViewSchema.Column> active)
    {
        Input = input;
        Schema = schema;
        _active = new bool[schema.Count];
        foreach (DataViewSchema.Column column in active)
        {
            _active[column.Index] = true;
        }
    }

    public override DataViewSchema Schema { get; }

    public override long Position => Input.Position;

    public override long Batch => Input.Batch;

    protected DataViewRowCursor Input { get; }

    public override bool MoveNext() => Input.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Guard.State(IsColumnActive(column), $"Column '{column.Name}' is not active");
        return GetActiveGetter<TValue>(column);
    }

    protected virtual ValueGetter<TValue> GetActiveGetter<TValue>(DataViewSchema.Column column) =>
        Input.GetGetter<TValue>(Input.Schema[column.Index]);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Input.Dispose();
        }

        base.Dispose(disposing);
    }
}
