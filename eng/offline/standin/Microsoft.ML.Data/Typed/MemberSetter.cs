using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

/// <summary>Writes a column's current value into a member. Arrays and vectors that the object has are reused.</summary>
internal static class MemberSetter
{
    public static Action<TRow> Make<TRow>(MemberColumn member, DataViewRow row, DataViewSchema.Column column)
    {
        Type type = Members.TypeOf(member.Member);
        if (column.Type is not (PrimitiveDataViewType or VectorDataViewType) && !DataViewTypeManager.Knows(column.Type))
        {
            throw new NotImplementedException($"Type '{type.FullName}' is not yet supported.");
        }

        if (type == typeof(string))
        {
            return Text(Members.Writer<TRow, string>(member.Member), row.GetGetter<ReadOnlyMemory<char>>(column));
        }

        if (type == typeof(string[]))
        {
            return Texts(
                Members.Writer<TRow, string[]>(member.Member), row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column));
        }

        if (type.IsArray)
        {
            return Generic.Call<Action<TRow>>(
                Array<TRow, int>, [typeof(TRow), type.GetElementType()!], member, row, column);
        }

        if (column.Type is VectorDataViewType)
        {
            return Generic.Call<Action<TRow>>(
                Vector<TRow, int>, [typeof(TRow), type.GetGenericArguments()[0]], member, row, column);
        }

        return Generic.Call<Action<TRow>>(Direct<TRow, int>, [typeof(TRow), type], member, row, column);
    }

    private static Action<TRow> Text<TRow>(Action<TRow, string> write, ValueGetter<ReadOnlyMemory<char>> getter)
    {
        ReadOnlyMemory<char> value = default;
        return row =>
        {
            getter(ref value);
            write(row, value.ToString());
        };
    }

    private static Action<TRow> Texts<TRow>(
        Action<TRow, string[]> write, ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter)
    {
        VBuffer<ReadOnlyMemory<char>> value = default;
        return row =>
        {
            getter(ref value);
            write(row, value.DenseValues().Select(t => t.ToString()).ToArray());
        };
    }

    private static Action<TRow> Array<TRow, TItem>(
        MemberColumn member, DataViewRow source, DataViewSchema.Column column)
    {
        var getter = source.GetGetter<VBuffer<TItem>>(column);
        var read = Members.Reader<TRow, TItem[]?>(member.Member);
        var write = Members.Writer<TRow, TItem[]>(member.Member);
        VBuffer<TItem> value = default;
        return row =>
        {
            getter(ref value);
            TItem[]? items = read(row);
            // A vector without values leaves a member that is null as it is.
            if ((items?.Length ?? 0) != value.Length)
            {
                items = new TItem[value.Length];
            }

            value.CopyTo(items);
            write(row, items!);
        };
    }

    private static Action<TRow> Vector<TRow, TItem>(
        MemberColumn member, DataViewRow source, DataViewSchema.Column column)
    {
        var getter = source.GetGetter<VBuffer<TItem>>(column);
        var read = Members.Reader<TRow, VBuffer<TItem>>(member.Member);
        var write = Members.Writer<TRow, VBuffer<TItem>>(member.Member);
        return row =>
        {
            VBuffer<TItem> value = read(row);
            getter(ref value);
            write(row, value);
        };
    }

    private static Action<TRow> Direct<TRow, TValue>(
        MemberColumn member, DataViewRow source, DataViewSchema.Column column)
    {
        var getter = source.GetGetter<TValue>(column);
        var write = Members.Writer<TRow, TValue>(member.Member);
        // The getter is given the last row's value: an image getter disposes it, whoever has it by now.
        TValue value = default!;
        return row =>
        {
            getter(ref value);
            write(row, value);
        };
    }
}
