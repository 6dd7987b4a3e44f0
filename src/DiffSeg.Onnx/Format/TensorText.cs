using System.Globalization;

namespace DiffSeg.Onnx.Format;

/// <summary>Type and shape of a declared tensor, as values and as text for messages.</summary>
internal static class TensorText
{
    public static bool IsFloat(ValueInfoProto value) =>
        value.Type?.TensorType?.ElemType == (int)TensorProto.Types.ElementType.Float;

    /// <summary>The sizes written in the file, from an axis on; null when the shape is missing, or one is symbolic or beyond 2^31 - 1.</summary>
    public static int[]? FixedShape(ValueInfoProto value, int from = 0)
    {
        if (value.Type?.TensorType?.Shape is not { } shape)
        {
            return null;
        }

        bool isFixed = shape.Dim.Skip(from).All(d => d.HasDimValue && d.DimValue is >= 0 and <= int.MaxValue);
        return isFixed ? [.. shape.Dim.Skip(from).Select(d => (int)d.DimValue)] : null;
    }

    /// <summary>For example <c>'image' float32 [1, 3, height, 512]</c>.</summary>
    public static string Of(ValueInfoProto value)
    {
        if (value.Type?.TensorType is not { } tensor)
        {
            return $"'{value.Name}', which is not a tensor";
        }

        string element = tensor.ElemType switch
        {
            (int)TensorProto.Types.ElementType.Float => "float32",
            var other => Enum.IsDefined((TensorProto.Types.ElementType)other)
                ? ((TensorProto.Types.ElementType)other).ToString().ToLowerInvariant()
                : $"element type {other}",
        };
        if (tensor.Shape is null)
        {
            return $"'{value.Name}' {element} of unknown shape";
        }

        IEnumerable<string> sizes = tensor.Shape.Dim.Select(d =>
            d.HasDimValue ? d.DimValue.ToString(CultureInfo.InvariantCulture) : d.HasDimParam ? d.DimParam : "?");
        return $"'{value.Name}' {element} [{string.Join(", ", sizes)}]";
    }
}
