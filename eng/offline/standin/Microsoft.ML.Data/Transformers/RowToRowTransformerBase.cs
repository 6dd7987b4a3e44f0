namespace Microsoft.ML.Data;

/// <summary>A transformer that computes columns row by row.</summary>
public abstract class RowToRowTransformerBase : ITransformer
{
    private protected RowToRowTransformerBase() { }

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Map(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input) =>
        new MappedDataView(Guard.NotNull(input, nameof(input)), Map(input.Schema));

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Map(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveModel(Guard.NotNull(ctx, nameof(ctx)));

    /// <summary>Checks the input columns and says what is computed from them.</summary>
    private protected abstract IRowComputation Compute(DataViewSchema inputSchema);

    private protected abstract void SaveModel(ModelSaveContext context);

    private RowMapping Map(DataViewSchema inputSchema)
    {
        Guard.NotNull(inputSchema, nameof(inputSchema));
        return new RowMapping(inputSchema, Compute(inputSchema));
    }
}
