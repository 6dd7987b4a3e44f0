using Google.Protobuf;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Format;

/// <summary>Values in the field of their type (float_data, int32_data, ...), moved to raw_data.</summary>
internal static class TypedData
{
    /// <summary>Fills raw_data of a tensor that has none, or an empty one, from the field where its type belongs.</summary>
    public static void MoveToRaw(TensorProto tensor)
    {
        tensor.RawData = (ElementType)tensor.DataType switch
        {
            ElementType.Float or ElementType.Complex64 => RawData.Of<float>([.. tensor.FloatData]),
            ElementType.Double or ElementType.Complex128 => RawData.Of<double>([.. tensor.DoubleData]),
            ElementType.Int64 => RawData.Of<long>([.. tensor.Int64Data]),
            ElementType.Uint64 => RawData.Of<ulong>([.. tensor.Uint64Data]),
            ElementType.Uint32 => RawData.Of<uint>([.. tensor.Uint64Data.Select(v => (uint)v)]),
            ElementType.Int32 => RawData.Of<int>([.. tensor.Int32Data]),

            // The low bits of each number; two 4-bit elements stand in the low byte of one.
            _ => ElementTypes.Bits(tensor.DataType) is 16
                ? RawData.Of<ushort>([.. tensor.Int32Data.Select(v => (ushort)v)])
                : ByteString.CopyFrom([.. tensor.Int32Data.Select(v => (byte)v)]),
        };
        tensor.FloatData.Clear();
        tensor.DoubleData.Clear();
        tensor.Int32Data.Clear();
        tensor.Int64Data.Clear();
        tensor.Uint64Data.Clear();
    }
}
