using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Format;

/// <summary>How many bits an element of a tensor takes, and so how many bytes a tensor.</summary>
internal static class ElementTypes
{
    private const long MaximumCount = 1L << 56; // so that bits of any type stay within 63 bits

    /// <summary>Bits of one element; null for strings and types that are not known here.</summary>
    public static int? Bits(int elementType) => (ElementType)elementType switch
    {
        ElementType.Uint4 or ElementType.Int4 or ElementType.Float4E2M1 => 4,
        ElementType.Uint8 or ElementType.Int8 or ElementType.Bool
            or ElementType.Float8E4M3Fn or ElementType.Float8E4M3Fnuz
            or ElementType.Float8E5M2 or ElementType.Float8E5M2Fnuz => 8,
        ElementType.Uint16 or ElementType.Int16 or ElementType.Float16 or ElementType.Bfloat16 => 16,
        ElementType.Uint32 or ElementType.Int32 or ElementType.Float => 32,
        ElementType.Uint64 or ElementType.Int64 or ElementType.Double or ElementType.Complex64 => 64,
        ElementType.Complex128 => 128,
        _ => null,
    };

    /// <summary>Whether it can be told how many values a tensor must hold, and whether it does.</summary>
    public static bool IsKnown(int elementType) => Bits(elementType) is not null || (ElementType)elementType == ElementType.String;

    /// <summary>Whether the values are real numbers in a floating-point type that can be read as float32.</summary>
    public static bool IsReal(int elementType) => (ElementType)elementType
        is ElementType.Float or ElementType.Float16 or ElementType.Bfloat16 or ElementType.Double;

    /// <summary>Number of elements; 1 for a scalar.</summary>
    /// <exception cref="InvalidDataException">A size is negative, or the product beyond any memory.</exception>
    public static long Count(TensorProto tensor)
    {
        long count = 1;
        foreach (long size in tensor.Dims)
        {
            count = size >= 0 && Math.BigMul(count, size) is var product && product <= MaximumCount
                ? (long)product
                : throw new InvalidDataException($"tensor '{tensor.Name}' with the impossible shape {Shape(tensor)}");
        }

        return count;
    }

    /// <summary>Bytes of the values; null for strings and types that are not known here.</summary>
    /// <exception cref="InvalidDataException">The shape is impossible.</exception>
    public static long? Bytes(TensorProto tensor) =>
        Bits(tensor.DataType) is { } bits ? (Count(tensor) * bits + 7) / 8 : null;

    /// <summary>For example <c>[320, 4, 3, 3]</c>.</summary>
    public static string Shape(TensorProto tensor) => $"[{string.Join(", ", tensor.Dims)}]";
}
