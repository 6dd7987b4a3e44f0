using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Looks values up in a table that is saved with the model; an unknown one gives the default.</summary>
public class ValueMappingTransformer : OneToOneTransformerBase
{
    private readonly ValueTable _table;

    internal ValueMappingTransformer(string outputColumnName, string? inputColumnName, ValueTable table)
        : base(outputColumnName, inputColumnName) => _table = table;

    internal DataViewType KeyType => _table.KeyType;

    internal DataViewType ValueType => _table.ValueType;

    private protected override DataViewType OutputType(DataViewSchema.Column input) => input.Type == KeyType
        ? ValueType
        : throw Guard.WrongColumn(input.Name, KeyType, input.Type);

    private protected override Delegate MakeGetter(
        DataViewRow input, DataViewSchema.Column column, out Action? disposer)
    {
        disposer = null;
        return _table.MakeGetter(input, column);
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.SetLoader<Loader>();
        SaveColumns(context);
        _table.Save(context.Writer);
    }

    private sealed class Loader : IModelLoader
    {
        public ITransformer Load(IHostEnvironment environment, ModelLoadContext context) =>
            new ValueMappingTransformer(
                context.Reader.ReadString(), context.Reader.ReadString(), ValueTable.Load(context.Reader));
    }
}
