using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Weights;

/// <summary>Real numbers written as float16, rounded to nearest.</summary>
internal sealed class HalfValues(TensorProto source) : StoredValues(source, TensorProto.Types.ElementType.Float16)
{
    private static readonly float Largest = (float)Half.MaxValue;

    /// <summary>Whether float16 reaches as far as the values; false too when one of them is not a finite number.</summary>
    public static bool Reach(TensorProto tensor, WeightBlocks blocks)
    {
        bool reach = true;
        blocks.ReadFloats(tensor, (values, _) => reach &= Math.Abs(TensorPrimitives.MaxMagnitude(values)) <= Largest);
        return reach;
    }

    public override void Write(WeightBlocks blocks, WeightBlocks.BytesReader sink) => blocks.ReadFloats(Source, (values, _) =>
    {
        Span<Half> halves = blocks.Encoded<Half>(values.Length);
        TensorPrimitives.ConvertToHalf(values, halves);
        sink(MemoryMarshal.AsBytes(halves));
    });
}
