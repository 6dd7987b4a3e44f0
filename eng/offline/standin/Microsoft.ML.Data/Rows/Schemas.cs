using Microsoft.ML;

namespace DiffSeg.StandIn;

internal static class Schemas
{
    public static DataViewSchema Of(IEnumerable<DataViewSchema.DetachedColumn> columns)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(columns);
        return builder.ToSchema();
    }
}
