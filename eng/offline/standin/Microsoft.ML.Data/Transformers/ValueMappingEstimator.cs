using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public class ValueMappingEstimator : TrivialEstimator<ValueMappingTransformer>
{
    private protected ValueMappingEstimator(ValueMappingTransformer transformer) : base(transformer) { }

    public sealed override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column input = Find(inputSchema, Transformer.InputColumn);
        if (input.ItemType != Transformer.KeyType || input.Kind != SchemaShape.Column.VectorKind.Scalar)
        {
            throw Guard.WrongColumn(input.Name, Transformer.KeyType, input.TypeText);
        }

        return inputSchema.With([SchemaShape.Column.Of(Transformer.OutputColumn, Transformer.ValueType)]);
    }
}

public sealed class ValueMappingEstimator<TKey, TValue> : ValueMappingEstimator
{
    internal ValueMappingEstimator(
        string outputColumnName, IEnumerable<KeyValuePair<TKey, TValue>> pairs, string? inputColumnName)
        : base(new ValueMappingTransformer(outputColumnName, inputColumnName, ValueTable.Of(pairs))) { }
}
