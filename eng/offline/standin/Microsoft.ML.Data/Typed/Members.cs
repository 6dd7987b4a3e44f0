using System.Linq.Expressions;
using System.Reflection;
using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

/// <summary>Fields and properties of row classes, and the column types that they have by themselves.</summary>
internal static class Members
{
    public static IEnumerable<MemberInfo> Of(Type type, SchemaDefinition.Direction direction) => type
        .GetFields(BindingFlags.Public | BindingFlags.Instance).Cast<MemberInfo>()
        .Concat(type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0
                && ((direction.HasFlag(SchemaDefinition.Direction.Read) && p.GetGetMethod() is not null)
                    || (direction.HasFlag(SchemaDefinition.Direction.Write) && p.GetSetMethod() is not null))))
        .Where(m => m.GetCustomAttribute<NoColumnAttribute>() is null);

    public static MemberInfo? Find(Type type, string name) =>
        (MemberInfo?)type.GetField(name) ?? type.GetProperty(name);

    public static Type TypeOf(MemberInfo member) =>
        member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    /// <summary>The type of a column's values, or of a vector's items: text is kept as memory of characters.</summary>
    public static (Type Item, bool IsVector) RawTypeOf(Type type)
    {
        bool isVector = type.IsArray
            || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>));
        Type item = !isVector ? type : type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0];
        return (item == typeof(string) ? typeof(ReadOnlyMemory<char>) : item, isVector);
    }

    public static DataViewType ColumnTypeOf(MemberInfo member)
    {
        var attribute = member.GetCustomAttributes().OfType<DataViewTypeAttribute>().FirstOrDefault();
        attribute?.Register();
        (Type item, bool isVector) = RawTypeOf(TypeOf(member));
        if (!isVector && DataViewTypeManager.Find(item, attribute) is { } registered)
        {
            return registered;
        }

        PrimitiveDataViewType type = RawTypes.DataViewTypeOf(item) ?? throw new ArgumentOutOfRangeException("rawType",
            $"Could not determine an IDataView type and registered custom types for member {member.Name}");
        var vector = member.GetCustomAttribute<VectorTypeAttribute>();
        Guard.Argument(vector is null || isVector, "userType", $"Member {member.Name} marked with " +
            "VectorTypeAttribute, but does not appear to be a vector type");
        return !isVector ? type
            : vector is { Dimensions.Length: > 0 } ? new VectorDataViewType(type, vector.Dimensions)
            : new VectorDataViewType(type);
    }

    public static Func<TRow, TMember> Reader<TRow, TMember>(MemberInfo member)
    {
        ParameterExpression row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TMember>>(Expression.MakeMemberAccess(row, member), row).Compile();
    }

    public static Action<TRow, TMember> Writer<TRow, TMember>(MemberInfo member)
    {
        ParameterExpression row = Expression.Parameter(typeof(TRow));
        ParameterExpression value = Expression.Parameter(typeof(TMember));
        return Expression.Lambda<Action<TRow, TMember>>(
            Expression.Assign(Expression.MakeMemberAccess(row, member), value), row, value).Compile();
    }
}
