using Microsoft.ML;

namespace DiffSeg.MLNet.Mapping;

/// <summary>
/// Columns that a transformer adds to the rows of one input schema. Everything that ML.NET asks of a row-to-row
/// transformer (view, cursor, row, mapper) is built on it by the other types of this folder.
/// </summary>
internal abstract class ColumnMapping
{
    private readonly IReadOnlyList<DataViewSchema.Column>[] _inputsOf;

    /// <param name="inputSchema">The schema that the mapping is bound to.</param>
    /// <param name="added">The added columns, each with the input columns that its value needs.</param>
    protected ColumnMapping(DataViewSchema inputSchema, IReadOnlyList<AddedColumn> added)
    {
        InputSchema = inputSchema;
        _inputsOf = [.. added.Select(column => column.Inputs)];
        // Once per mapping: ML.NET compares schemas by reference.
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(inputSchema);
        foreach (AddedColumn column in added)
        {
            builder.AddColumn(column.Name, column.Type);
        }

        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>
    /// Whether a column of the output schema is one that this mapping adds; input columns come first.
    /// </summary>
    public bool IsAdded(DataViewSchema.Column column) => column.Index >= InputSchema.Count;

    /// <summary>The input columns that a row needs so that the given output columns can be read, and no more.</summary>
    public IEnumerable<DataViewSchema.Column> DependenciesOf(IEnumerable<DataViewSchema.Column> outputColumns)
    {
        var needed = new SortedSet<int>();
        foreach (DataViewSchema.Column column in outputColumns)
        {
            if (IsAdded(column))
            {
                needed.UnionWith(_inputsOf[column.Index - InputSchema.Count].Select(input => input.Index));
            }
            else
            {
                needed.Add(column.Index);
            }
        }

        return [.. needed.Select(index => InputSchema[index])];
    }

    /// <summary>
    /// The picture columns of the input of which only the size is read (<see cref="ILendingRow.Measure"/>) so that the given
    /// output columns can be.
    /// </summary>
    public virtual IReadOnlyCollection<int> MeasuredOnly(IEnumerable<DataViewSchema.Column> outputColumns) => [];

    /// <summary>
    /// Whether a row of the input takes so much memory that the source is asked for one cursor only, which the mapping may
    /// share out (<see cref="CursorsOver"/>).
    /// </summary>
    /// <param name="outputColumns">The active output columns.</param>
    public virtual bool ReadsLargeRows(IEnumerable<DataViewSchema.Column> outputColumns) => false;

    /// <summary>Cursors over input cursors, which they own. Together they have the rows of those, each once.</summary>
    /// <param name="inputs">The input's cursors, over what <see cref="DependenciesOf"/> says.</param>
    /// <param name="columns">The active output columns.</param>
    /// <param name="measuredOnly">Indices of the picture columns among them of which only the size will be read.</param>
    /// <param name="asked">How many cursors are asked for; there may be fewer.</param>
    public virtual DataViewRowCursor[] CursorsOver(
        DataViewRowCursor[] inputs, DataViewSchema.Column[] columns, IReadOnlyCollection<int> measuredOnly, int asked)
        => Array.ConvertAll(inputs, input => (DataViewRowCursor)new MappedCursor(this, input, columns));

    /// <summary>Starts computing the added columns over a row, or over a cursor, which is a row that moves.</summary>
    public abstract RowComputation Over(DataViewRow input);
}
