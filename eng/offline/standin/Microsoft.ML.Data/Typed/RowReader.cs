using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

/// <summary>Binds a schema's columns to the members of a class.</summary>
internal sealed class RowReader<TRow>
    where TRow : class
{
    private readonly (MemberColumn Member, DataViewSchema.Column Column)[] _bound;

    public RowReader(DataViewSchema schema, bool ignoreMissingColumns, SchemaDefinition? definition)
    {
        var bound = new List<(MemberColumn, DataViewSchema.Column)>();
        foreach (MemberColumn member in MemberColumn.Of(typeof(TRow), definition, SchemaDefinition.Direction.Write))
        {
            if (schema.GetColumnOrNull(member.Name) is not { } column)
            {
                if (ignoreMissingColumns)
                {
                    continue;
                }

                throw Guard.MissingColumn(member.Name, role: "", parameter: "Schema");
            }
            Guard.State(Fits(column.Type, Members.TypeOf(member.Member)),
                $"Can't bind the IDataView column '{member.Name}' of type '{column.Type}' to field or property " +
                $"'{member.Member.Name}' of type '{Members.TypeOf(member.Member).FullName}'.");
            bound.Add((member, column));
        }
        _bound = [.. bound];
    }

    public IEnumerable<DataViewSchema.Column> Columns => _bound.Select(b => b.Column);

    /// <summary>Writes the row's current values into an object.</summary>
    public Action<TRow> Over(DataViewRow row)
    {
        Action<TRow>[] setters =
            Array.ConvertAll(_bound, b => MemberSetter.Make<TRow>(b.Member, row, row.Schema[b.Column.Index]));
        return target => Array.ForEach(setters, set => set(target));
    }

    private static bool Fits(DataViewType type, Type memberType)
    {
        (Type item, bool isVector) = Members.RawTypeOf(memberType);
        return isVector
            ? type is VectorDataViewType vector && vector.ItemType.RawType == item
            : type is not VectorDataViewType && type.RawType == item;
    }
}
