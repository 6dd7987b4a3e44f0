using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

/// <summary>Pairs of numbers or texts.</summary>
internal abstract class ValueTable
{
    public abstract DataViewType KeyType { get; }

    public abstract DataViewType ValueType { get; }

    public static ValueTable Of<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs)
    {
        KeyValuePair<object, object>[] objects = [.. Guard.NotNull(pairs, nameof(pairs))
            .Select(p => KeyValuePair.Create((object)p.Key!, (object)p.Value!))];
        return Of(RawTypeOf(typeof(TKey)), RawTypeOf(typeof(TValue)), objects);
    }

    public static ValueTable Load(BinaryReader reader)
    {
        Type key = TypeOf(reader.ReadByte());
        Type value = TypeOf(reader.ReadByte());
        var pairs = new KeyValuePair<object, object>[reader.ReadCount()];
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = KeyValuePair.Create(Read(reader, key), Read(reader, value));
        }

        return Of(key, value, pairs);
    }

    public abstract Delegate MakeGetter(DataViewRow input, DataViewSchema.Column column);

    public abstract void Save(BinaryWriter writer);

    private static ValueTable Of(Type key, Type value, KeyValuePair<object, object>[] pairs) =>
        (ValueTable)Activator.CreateInstance(typeof(ValueTable<,>).MakeGenericType(key, value), [pairs])!;

    private static Type RawTypeOf(Type type) => RawTypes.DataViewTypeOf(type)?.RawType
        ?? throw new InvalidOperationException($"Unsupported type {type} used in mapping.");

    private protected static byte CodeOf(Type type) =>
        (byte)(type == typeof(ReadOnlyMemory<char>) ? TypeCode.String : Type.GetTypeCode(type));

    private static Type TypeOf(byte code) => (TypeCode)code switch
    {
        TypeCode.String => typeof(ReadOnlyMemory<char>),
        TypeCode known => Type.GetType("System." + known, throwOnError: true)!,
    };

    private static object Read(BinaryReader reader, Type type) => type == typeof(ReadOnlyMemory<char>)
        ? reader.ReadString()
        : Convert.ChangeType(reader.ReadString(), type, System.Globalization.CultureInfo.InvariantCulture);
}

internal sealed class ValueTable<TKey, TValue>(KeyValuePair<object, object>[] pairs) : ValueTable
{
    private readonly Dictionary<object, TValue> _values =
        pairs.ToDictionary(p => p.Key, p => p.Value is string text ? (TValue)(object)text.AsMemory() : (TValue)p.Value);

    public override DataViewType KeyType => RawTypes.DataViewTypeOf(typeof(TKey))!;

    public override DataViewType ValueType => RawTypes.DataViewTypeOf(typeof(TValue))!;

    public override Delegate MakeGetter(DataViewRow input, DataViewSchema.Column column)
    {
        var getter = input.GetGetter<TKey>(column);
        TKey key = default!;
        return (ValueGetter<TValue>)((ref TValue value) =>
        {
            getter(ref key);
            object lookup = key is ReadOnlyMemory<char> text ? text.ToString() : key!;
            value = _values.GetValueOrDefault(lookup)!;
        });
    }

    public override void Save(BinaryWriter writer)
    {
        writer.Write(CodeOf(typeof(TKey)));
        writer.Write(CodeOf(typeof(TValue)));
        writer.Write(pairs.Length);
        foreach ((object key, object value) in pairs)
        {
            writer.Write(Text(key));
            writer.Write(Text(value));
        }
    }

    private static string Text(object value) =>
        Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
}
