using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    internal ColumnCopyingEstimator(string outputColumnName, string inputColumnName)
        : base(new ColumnCopyingTransformer(outputColumnName, inputColumnName)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        inputSchema.With([Find(inputSchema, Transformer.InputColumn).Renamed(Transformer.OutputColumn)]);
}

/// <summary>Gives a column a second name. Nothing is copied: the getter is the input's own.</summary>
public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal ColumnCopyingTransformer(string outputColumnName, string? inputColumnName)
        : base(outputColumnName, inputColumnName) { }

    private ColumnCopyingTransformer(ModelLoadContext context) : base(context) { }

    private protected override DataViewType OutputType(DataViewSchema.Column input) => input.Type;

    private protected override DataViewSchema.Annotations OutputAnnotations(DataViewSchema.Column input) =>
        input.Annotations;

    private protected override Delegate MakeGetter(
        DataViewRow input, DataViewSchema.Column column, out Action? disposer)
    {
        disposer = null;
        return Generic.Call<Delegate>(input.GetGetter<int>, [column.Type.RawType], column);
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.SetLoader<Loader>();
        SaveColumns(context);
    }

    private sealed class Loader : IModelLoader
    {
        public ITransformer Load(IHostEnvironment environment, ModelLoadContext context) =>
            new ColumnCopyingTransformer(context);
    }
}
