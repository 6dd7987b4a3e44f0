using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

/// <summary>
/// The output schema over an input schema, and where each output column comes from: an input column passed through or
/// a computed one. The schema is built once, because schemas are compared by reference.
/// </summary>
internal sealed class RowMapping : IRowToRowMapper
{
    private readonly IRowComputation? _computation;
    private readonly int[] _sources;

    /// <summary>All input columns, and the computed ones: after the column that they hide, else at the end.</summary>
    public RowMapping(DataViewSchema input, IRowComputation computation)
    {
        _computation = computation;
        InputSchema = input;
        var sources = Enumerable.Range(0, input.Count).ToList();
        for (int i = 0; i < computation.Outputs.Count; i++)
        {
            int hidden = sources.FindLastIndex(s => ColumnAt(s).Name == computation.Outputs[i].Name);
            sources.Insert(hidden < 0 ? sources.Count : hidden + 1, ~i);
        }
        _sources = [.. sources];
        OutputSchema = Schemas.Of(_sources.Select(ColumnAt));
    }

    /// <summary>A choice of the input columns.</summary>
    public RowMapping(DataViewSchema input, IEnumerable<int> chosen)
    {
        InputSchema = input;
        _sources = [.. chosen];
        OutputSchema = Schemas.Of(_sources.Select(ColumnAt));
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public bool Computes(IEnumerable<DataViewSchema.Column> columns) => columns.Any(c => _sources[c.Index] < 0);

    /// <summary>The input column that an output column passes on; negative for a computed one.</summary>
    public int SourceOf(DataViewSchema.Column output) => _sources[output.Index];

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = new bool[InputSchema.Count];
        foreach (int source in dependingColumns.Select(SourceOf))
        {
            foreach (int input in source >= 0 ? [source] : _computation!.InputsOf(~source))
            {
                needed[input] = true;
            }
        }
        return InputSchema.Where(c => needed[c.Index]).ToArray();
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Guard.NotNull(input, nameof(input));
        Guard.NotNull(activeColumns, nameof(activeColumns));
        Guard.State(input.Schema == InputSchema,
            "Schema of input row must be the same as the schema the mapper is bound to");
        return new MappedRow(this, input, MakeGetters(input, activeColumns, out Action? disposer), disposer);
    }

    public Delegate?[] MakeGetters(
        DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns, out Action? disposer)
    {
        disposer = null;
        if (_computation is null)
        {
            return [];
        }

        var active = new bool[_computation.Outputs.Count];
        foreach (int source in activeColumns.Select(SourceOf).Where(s => s < 0))
        {
            active[~source] = true;
        }

        return _computation.MakeGetters(input, i => active[i], out disposer);
    }

    private DataViewSchema.DetachedColumn ColumnAt(int source) =>
        source >= 0 ? new DataViewSchema.DetachedColumn(InputSchema[source]) : _computation!.Outputs[~source];
}
