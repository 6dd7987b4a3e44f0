using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Building;

/// <summary>Writes sizes into the declaration of an input.</summary>
internal static class FixedShape
{
    public static void Set(ValueInfoProto input, params ReadOnlySpan<long> sizes)
    {
        var shape = new TensorShapeProto();
        foreach (long size in sizes)
        {
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        }

        input.Type.TensorType.Shape = shape;
    }
}
