using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Onnx;

public sealed class OnnxScoringEstimator : TrivialEstimator<OnnxTransformer>
{
    internal OnnxScoringEstimator(OnnxTransformer transformer) : base(transformer) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (OnnxTensor tensor in Transformer.Inputs)
        {
            SchemaShape.Column column = Find(inputSchema, tensor.Name);
            if (column.ItemType != tensor.Item)
            {
                throw Guard.WrongColumn(tensor.Name, tensor.Item, column.ItemType);
            }
        }
        return inputSchema.With(Transformer.Outputs.Select(t => SchemaShape.Column.Of(t.Name, t.Type)));
    }
}
