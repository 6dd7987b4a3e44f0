using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public sealed class CustomMappingEstimator<TSrc, TDst> : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
    where TSrc : class, new()
    where TDst : class, new()
{
    internal CustomMappingEstimator(CustomMappingTransformer<TSrc, TDst> transformer) : base(transformer) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (MemberColumn needed in Transformer.NeededColumns())
        {
            SchemaShape.Column actual = Find(inputSchema, needed.Name);
            SchemaShape.Column expected = SchemaShape.Column.Of(needed.Name, needed.Type);
            // Where a vector of any size will do, one of known size does too.
            bool fits = expected.Kind == SchemaShape.Column.VectorKind.VariableVector
                ? actual.Kind != SchemaShape.Column.VectorKind.Scalar
                : actual.Kind == expected.Kind;
            if (!fits || !Equals(actual.ItemType, expected.ItemType) || actual.IsKey != expected.IsKey)
            {
                throw Guard.WrongColumn(needed.Name, needed.Type, actual.TypeText);
            }
        }
        return inputSchema.With(Transformer.AddedColumns.Select(c => SchemaShape.Column.Of(c.Name, c.Type)));
    }
}
