using System.Runtime.InteropServices;
using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Weights;

/// <summary>Real numbers written as float32.</summary>
internal sealed class FloatValues(TensorProto source) : StoredValues(source, TensorProto.Types.ElementType.Float)
{
    public override void Write(WeightBlocks blocks, WeightBlocks.BytesReader sink) =>
        blocks.ReadFloats(Source, (values, _) => sink(MemoryMarshal.AsBytes(values)));
}
