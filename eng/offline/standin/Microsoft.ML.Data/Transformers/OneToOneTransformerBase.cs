namespace Microsoft.ML.Data;

/// <summary>A transformer that makes one column of another one.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase(string outputColumnName, string? inputColumnName)
    {
        OutputColumn = Guard.NotEmpty(outputColumnName, nameof(outputColumnName));
        InputColumn = string.IsNullOrEmpty(inputColumnName) ? outputColumnName : inputColumnName;
    }

    private protected OneToOneTransformerBase(ModelLoadContext context)
        : this(context.Reader.ReadString(), context.Reader.ReadString()) { }

    internal string OutputColumn { get; }

    internal string InputColumn { get; }

    /// <summary>The type that this input gives, or an exception that says what is wrong with it.</summary>
    private protected abstract DataViewType OutputType(DataViewSchema.Column input);

    private protected virtual DataViewSchema.Annotations OutputAnnotations(DataViewSchema.Column input) =>
        DataViewSchema.Annotations.Empty;

    /// <summary>Makes the getter of one row or cursor; the disposer runs when that is closed.</summary>
    private protected abstract Delegate MakeGetter(
        DataViewRow input, DataViewSchema.Column column, out Action? disposer);

    private protected void SaveColumns(ModelSaveContext context)
    {
        context.Writer.Write(OutputColumn);
        context.Writer.Write(InputColumn);
    }

    private protected sealed override IRowComputation Compute(DataViewSchema inputSchema) =>
        new Computation(this, inputSchema.GetColumnOrNull(InputColumn) ?? throw Guard.MissingColumn(InputColumn));

    private sealed class Computation(OneToOneTransformerBase parent, DataViewSchema.Column column) : IRowComputation
    {
        public IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; } =
            [new(parent.OutputColumn, parent.OutputType(column), parent.OutputAnnotations(column))];

        public IEnumerable<int> InputsOf(int output) => [column.Index];

        public Delegate?[] MakeGetters(DataViewRow input, Func<int, bool> isActive, out Action? disposer)
        {
            disposer = null;
            return [isActive(0) ? parent.MakeGetter(input, input.Schema[column.Index], out disposer) : null];
        }
    }
}
