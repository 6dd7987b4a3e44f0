using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Mapping;

/// <summary>A mapping as ML.NET's row-to-row mapper: what PredictionEngine and TransformerChain compose.</summary>
internal sealed class RowMapper(ColumnMapping mapping) : IRowToRowMapper
{
    public DataViewSchema InputSchema => mapping.InputSchema;

    public DataViewSchema OutputSchema => mapping.OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        ArgumentNullException.ThrowIfNull(dependingColumns);
        return mapping.DependenciesOf(dependingColumns);
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(activeColumns);
        if (!ReferenceEquals(input.Schema, mapping.InputSchema))
        {
            throw new ArgumentException(
                "The row's schema is not the one that this mapper was made for.", nameof(input));
        }

        return new MappedRow(mapping, input, activeColumns);
    }
}
