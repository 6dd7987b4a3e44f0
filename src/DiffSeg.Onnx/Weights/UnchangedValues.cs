using DiffSeg.Onnx.Format;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Weights;

/// <summary>Values written as they were read, of any type but strings.</summary>
internal sealed class UnchangedValues(TensorProto source) : StoredValues(source, (ElementType)source.DataType)
{
    public override void Write(WeightBlocks blocks, WeightBlocks.BytesReader sink) => blocks.ReadBytes(Source, sink);
}
