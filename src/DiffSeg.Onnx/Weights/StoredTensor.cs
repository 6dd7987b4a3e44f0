using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Weights;

/// <summary>A tensor of a model that is being written, and the values that it will get.</summary>
/// <param name="Tensor">The tensor with shape and type, without values.</param>
/// <param name="Values">Its values.</param>
/// <param name="Constant">The Constant node that will hold the tensor, without it; null for an initialiser.</param>
internal sealed record StoredTensor(TensorProto Tensor, StoredValues Values, NodeProto? Constant = null)
{
    /// <summary>The attribute of a Constant node that holds its tensor, without it.</summary>
    public static AttributeProto ValueAttribute() => new() { Name = "value", Type = AttributeProto.Types.Type.Tensor };
}
