using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

/// <summary>A member of a row class as a column.</summary>
internal sealed record MemberColumn(MemberInfo Member, string Name, DataViewType Type)
{
    /// <summary>The class's columns, by its attributes or by a definition that was given.</summary>
    public static MemberColumn[] Of(Type type, SchemaDefinition? definition, SchemaDefinition.Direction direction) =>
        (definition ?? SchemaDefinition.Create(type, direction)).Select(c => Of(type, c)).ToArray();

    public static DataViewSchema SchemaOf(IEnumerable<MemberColumn> columns) =>
        Schemas.Of(columns.Select(c => new DataViewSchema.DetachedColumn(c.Name, c.Type)));

    private static MemberColumn Of(Type type, SchemaDefinition.Column column)
    {
        MemberInfo? member = Members.Find(type, column.MemberName);
        Guard.Argument(member is not null, "userSchemaDefinition",
            $"No field or property with name '{column.MemberName}' found in type '{type.FullName}'");
        string name = string.IsNullOrEmpty(column.ColumnName) ? column.MemberName : column.ColumnName;
        DataViewType columnType = column.ColumnType ?? Members.ColumnTypeOf(member);

        (Type item, bool isVector) = Members.RawTypeOf(Members.TypeOf(member));
        var vector = columnType as VectorDataViewType;
        Guard.Argument(isVector == vector is not null, "userSchemaDefinition",
            $"Column '{name}' is supposed to be {(vector is null ? "scalar" : "vector")}, but type of associated " +
            $"field '{member.Name}' is {(isVector ? "vector" : "scalar")}");
        Type expected = (vector?.ItemType ?? columnType).RawType;
        Guard.Argument(expected == item, "userSchemaDefinition",
            $"Column '{name}' is supposed to have item type {expected}, but associated field has type {item}");
        return new MemberColumn(member, name, columnType);
    }
}
