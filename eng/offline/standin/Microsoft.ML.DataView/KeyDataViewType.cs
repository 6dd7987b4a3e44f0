namespace Microsoft.ML.Data;

/// <summary>A value out of <see cref="Count"/> ones, stored as 1 .. Count; 0 means missing.</summary>
public sealed class KeyDataViewType : PrimitiveDataViewType
{
    public KeyDataViewType(Type type, ulong count) : base(type)
    {
        Guard.Argument(IsValidDataType(type), nameof(type),
            "Type is not valid, it must be Byte, UInt16, UInt32, or UInt64.");
        Guard.Argument(count > 0 && count <= Largest(type), nameof(count),
            $"The cardinality of a KeyDataViewType must be strictly positive and not exceed {type.Name}.MaxValue.");
        Count = count;
    }

    public KeyDataViewType(Type type, int count) : this(type, (ulong)count) { }

    public ulong Count { get; }

    public static bool IsValidDataType(Type type) =>
        type == typeof(uint) || type == typeof(ulong) || type == typeof(ushort) || type == typeof(byte);

    public override bool Equals(DataViewType? other) =>
        other is KeyDataViewType key && key.RawType == RawType && key.Count == Count;

    public override bool Equals(object? other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => HashCode.Combine(RawType, Count);

    public override string ToString() => $"Key<{RawType.Name}, 0-{Count - 1}>";

    private static ulong Largest(Type type) =>
        type == typeof(byte) ? byte.MaxValue
        : type == typeof(ushort) ? ushort.MaxValue
        : type == typeof(uint) ? uint.MaxValue
        : ulong.MaxValue;
}
