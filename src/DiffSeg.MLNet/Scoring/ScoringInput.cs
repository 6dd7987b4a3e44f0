using DiffSeg.MLNet.Mapping;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Scoring;

/// <summary>The column that goes into an attention model, checked.</summary>
internal static class ScoringInput
{
    public static DataViewSchema.Column Of(DataViewSchema schema, AttentionModel model)
    {
        int length = checked(3 * model.ImageHeight * model.ImageWidth);
        return SchemaCheck.Column(
            schema,
            model.InputName,
            $"Vector<Single, 3, {model.ImageHeight}, {model.ImageWidth}>",
            type => type is VectorDataViewType vector && vector.ItemType.RawType == typeof(float)
                && (!vector.IsKnownSize || vector.Size == length));
    }

    /// <summary>The same before there is data, as far as a schema's shape tells.</summary>
    public static void Check(SchemaShape schema, AttentionModel model) => SchemaCheck.Column(
        schema,
        model.InputName,
        "Vector<Single>",
        column => column.Kind != SchemaShape.Column.VectorKind.Scalar && column.ItemType.RawType == typeof(float));
}
