using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Weights;

/// <summary>Real numbers in the types of tensors, as float32.</summary>
internal static class RealNumbers
{
    /// <summary>Reads little-endian values; double is rounded, everything else is exact.</summary>
    /// <param name="type">FLOAT, FLOAT16, BFLOAT16 or DOUBLE.</param>
    /// <param name="bytes">The values.</param>
    /// <param name="values">As many floats.</param>
    /// <exception cref="ArgumentException">Another type.</exception>
    public static void ToSingle(ElementType type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        switch (type)
        {
            case ElementType.Float:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(values);
                break;
            case ElementType.Float16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), values);
                break;
            case ElementType.Bfloat16:
                FromUpperHalves(MemoryMarshal.Cast<byte, ushort>(bytes), MemoryMarshal.Cast<float, uint>(values));
                break;
            case ElementType.Double:
                TensorPrimitives.ConvertSaturating(MemoryMarshal.Cast<byte, double>(bytes), values);
                break;
            default:
                throw new ArgumentException($"Elements of type {type} are not real numbers.", nameof(type));
        }
    }

    /// <summary>A bfloat16 is the upper half of a float32.</summary>
    private static void FromUpperHalves(ReadOnlySpan<ushort> halves, Span<uint> values)
    {
        TensorPrimitives.ConvertTruncating(halves, values);
        TensorPrimitives.ShiftLeft(values[..halves.Length], 16, values);
    }
}
