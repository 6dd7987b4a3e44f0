using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

/// <summary>Which column type a .NET type has by itself.</summary>
internal static class RawTypes
{
    private static readonly Dictionary<Type, PrimitiveDataViewType> Known = new PrimitiveDataViewType[]
    {
        TextDataViewType.Instance, BooleanDataViewType.Instance,
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double,
    }.ToDictionary(t => t.RawType);

    public static PrimitiveDataViewType? DataViewTypeOf(Type type) =>
        Known.GetValueOrDefault(type == typeof(string) ? typeof(ReadOnlyMemory<char>) : type);

    /// <summary>The type whose values are of the .NET type of this full name, as saved models name them.</summary>
    public static PrimitiveDataViewType Named(string rawType) =>
        Known.Values.FirstOrDefault(t => t.RawType.FullName == rawType)
        ?? throw new FormatException($"Unknown column type '{rawType}' in the model file");
}
