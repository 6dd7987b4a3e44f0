using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

/// <summary>Copies of one column's values, for what keeps rows: caches, shuffles, reading ahead.</summary>
internal abstract class ColumnStore
{
    /// <summary>Images and other values that own something cannot be kept.</summary>
    public static bool CanHold(DataViewType type) => type is PrimitiveDataViewType or VectorDataViewType;

    public static ColumnStore Over(DataViewRow row, DataViewSchema.Column column) =>
        Generic.Call<ColumnStore>(Make<int>, [column.Type.RawType], row, column);

    /// <summary>Adds the current row's value.</summary>
    public abstract void Append();

    public abstract void Clear();

    public abstract Delegate MakeUntypedGetter(Func<int> row);

    private static ColumnStore<TValue> Make<TValue>(DataViewRow row, DataViewSchema.Column column) =>
        new(row.GetGetter<TValue>(column));
}

internal sealed class ColumnStore<TValue>(ValueGetter<TValue> source) : ColumnStore
{
    private readonly List<TValue> _values = [];

    public int Count => _values.Count;

    public override void Append()
    {
        // A fresh value each time: the source fills it with arrays of its own.
        TValue value = default!;
        source(ref value);
        _values.Add(value);
    }

    public override void Clear() => _values.Clear();

    public override Delegate MakeUntypedGetter(Func<int> row) => MakeGetter(row);

    public ValueGetter<TValue> MakeGetter(Func<int> row)
    {
        var copy = Values.CopierOf<TValue>();
        return (ref TValue destination) => copy(_values[row()], ref destination);
    }
}
