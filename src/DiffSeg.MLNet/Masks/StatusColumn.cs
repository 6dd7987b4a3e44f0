using DiffSeg.MLNet.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Masks;

/// <summary>The column that says why a row has no mask, empty for rows that have one (<see cref="MaskColumns.Status"/>).</summary>
internal static class StatusColumn
{
    /// <summary>Finds it.</summary>
    /// <param name="schema">The data's schema.</param>
    /// <param name="maskColumn">Name of the masks' column.</param>
    /// <param name="name">
    /// The status' own name; null for the text column named after the masks', which the data may have or not.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The column that is named is missing or of another type.</exception>
    public static DataViewSchema.Column? Of(DataViewSchema schema, string maskColumn, string? name)
    {
        if (name is not null)
        {
            return SchemaCheck.Text(schema, name);
        }

        return schema.GetColumnOrNull(maskColumn + MaskOutput.Status) is { Type: TextDataViewType } beside ? beside : null;
    }
}
