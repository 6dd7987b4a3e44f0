using DiffSeg.Onnx.Format;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Weights;

/// <summary>The values of one tensor in the form in which they will be written.</summary>
/// <param name="source">The tensor as it was read.</param>
/// <param name="type">Type of the elements as they will be written.</param>
internal abstract class StoredValues(TensorProto source, ElementType type)
{
    public TensorProto Source => source;

    public ElementType Type => type;

    /// <summary>Bytes of the values as they will be written.</summary>
    public long Length { get; } = ElementTypes.Bytes(new TensorProto { Dims = { source.Dims }, DataType = (int)type })!.Value;

    /// <summary>Reads, converts and hands on the values, block after block.</summary>
    public abstract void Write(WeightBlocks blocks, WeightBlocks.BytesReader sink);

    /// <summary>A tensor of this type, with shape and without values.</summary>
    public TensorProto Header(string name) => new() { Name = name, Dims = { source.Dims }, DataType = (int)type };
}
