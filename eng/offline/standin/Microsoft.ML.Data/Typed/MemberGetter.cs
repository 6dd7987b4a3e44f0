using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

/// <summary>Column getters that read a member of the current object.</summary>
internal static class MemberGetter
{
    public static Delegate Make<TRow>(MemberColumn column, Func<TRow> current)
    {
        if (column.Type is not (PrimitiveDataViewType or VectorDataViewType) && !DataViewTypeManager.Knows(column.Type))
        {
            throw new NotSupportedException($"Type '{Members.TypeOf(column.Member).FullName}' is not yet supported.");
        }

        Type type = Members.TypeOf(column.Member);
        if (type == typeof(string))
        {
            return Text(Members.Reader<TRow, string?>(column.Member), current);
        }

        if (type == typeof(string[]))
        {
            return Texts(Members.Reader<TRow, string?[]?>(column.Member), current);
        }

        if (type.IsArray)
        {
            return Generic.Call<Delegate>(Array<TRow, int>, [typeof(TRow), type.GetElementType()!], column, current);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>))
        {
            return Generic.Call<Delegate>(
                Vector<TRow, int>, [typeof(TRow), type.GetGenericArguments()[0]], column, current);
        }

        return Generic.Call<Delegate>(Direct<TRow, int>, [typeof(TRow), type], column, current);
    }

    private static ValueGetter<ReadOnlyMemory<char>> Text<TRow>(Func<TRow, string?> read, Func<TRow> current) =>
        (ref ReadOnlyMemory<char> value) => value = read(current()).AsMemory();

    private static ValueGetter<VBuffer<ReadOnlyMemory<char>>> Texts<TRow>(
        Func<TRow, string?[]?> read, Func<TRow> current) =>
        (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            string?[] texts = read(current()) ?? [];
            var editor = VBufferEditor.Create(ref value, texts.Length);
            for (int i = 0; i < texts.Length; i++)
            {
                editor.Values[i] = texts[i].AsMemory();
            }

            value = editor.Commit();
        };

    private static Delegate Array<TRow, TItem>(MemberColumn column, Func<TRow> current)
    {
        var read = Members.Reader<TRow, TItem[]?>(column.Member);
        return (ValueGetter<VBuffer<TItem>>)((ref VBuffer<TItem> value) =>
        {
            ReadOnlySpan<TItem> items = read(current());
            var editor = VBufferEditor.Create(ref value, items.Length);
            items.CopyTo(editor.Values);
            value = editor.Commit();
        });
    }

    private static Delegate Vector<TRow, TItem>(MemberColumn column, Func<TRow> current)
    {
        var read = Members.Reader<TRow, VBuffer<TItem>>(column.Member);
        return (ValueGetter<VBuffer<TItem>>)((ref VBuffer<TItem> value) => read(current()).CopyTo(ref value));
    }

    private static Delegate Direct<TRow, TValue>(MemberColumn column, Func<TRow> current)
    {
        var read = Members.Reader<TRow, TValue>(column.Member);
        return (ValueGetter<TValue>)((ref TValue value) => value = read(current()));
    }
}
