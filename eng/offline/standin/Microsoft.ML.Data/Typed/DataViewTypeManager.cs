namespace Microsoft.ML.Data;

/// <summary>Column types that are not built in: each belongs to a .NET type, or to one with an attribute.</summary>
public static class DataViewTypeManager
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<(Type, DataViewTypeAttribute?), DataViewType> Types = [];
    private static readonly Dictionary<DataViewType, (Type, DataViewTypeAttribute?)> Members = [];

    public static void Register(DataViewType dataViewType, Type type, DataViewTypeAttribute? typeAttribute = null)
    {
        Guard.NotNull(dataViewType, nameof(dataViewType));
        Guard.NotNull(type, nameof(type));
        var member = (type, typeAttribute);
        lock (Gate)
        {
            if (Types.TryGetValue(member, out DataViewType? known) && known.Equals(dataViewType))
            {
                return;
            }

            Guard.Argument(known is null, nameof(type), $"Repeated type register. The raw type {type} " +
                $"has been associated with {known} so it cannot be associated with {dataViewType}.");
            Guard.Argument(Members.TryAdd(dataViewType, member), nameof(dataViewType),
                $"Repeated type register. The DataView type {dataViewType} has been associated with another raw type.");
            Types.Add(member, dataViewType);
        }
    }

    internal static bool Knows(DataViewType type)
    {
        lock (Gate)
        {
            return Members.ContainsKey(type);
        }
    }

    internal static DataViewType? Find(Type type, DataViewTypeAttribute? attribute)
    {
        lock (Gate)
        {
            return Types.GetValueOrDefault((type, attribute));
        }
    }
}
