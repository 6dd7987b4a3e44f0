namespace Microsoft.ML.Data;

/// <summary>An estimator that learns nothing: fitting only checks the schema.</summary>
public abstract class TrivialEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : class, ITransformer
{
    private protected TrivialEstimator(TTransformer transformer) => Transformer = transformer;

    private protected TTransformer Transformer { get; }

    public TTransformer Fit(IDataView input)
    {
        Transformer.GetOutputSchema(Guard.NotNull(input, nameof(input)).Schema);
        return Transformer;
    }

    public abstract SchemaShape GetOutputSchema(SchemaShape inputSchema);

    /// <summary>The column of this name, or ML.NET's words for its absence.</summary>
    private protected static SchemaShape.Column Find(SchemaShape inputSchema, string name) =>
        Guard.NotNull(inputSchema, nameof(inputSchema)).Find(name) ?? throw Guard.MissingColumn(name);
}
