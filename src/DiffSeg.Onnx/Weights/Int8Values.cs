using System.Runtime.InteropServices;
using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Weights;

/// <summary>
/// Real numbers written as int8, with one scale for each index along an axis: value = scale x number, number from -127
/// to 127, 127 for the largest magnitude of a channel.
/// </summary>
internal sealed class Int8Values : StoredValues
{
    private readonly ChannelWise _channels;

    private Int8Values(TensorProto source, ChannelWise channels, float[] scales)
        : base(source, TensorProto.Types.ElementType.Int8)
    {
        _channels = channels;
        Scales = scales;
    }

    /// <summary>What a number of each channel stands for.</summary>
    public float[] Scales { get; }

    /// <summary>Finds the scales; null when some value is not a finite number.</summary>
    public static Int8Values? Measure(TensorProto source, int axis, WeightBlocks blocks)
    {
        var channels = ChannelWise.Of(source, axis);
        var largest = new float[channels.Count];
        blocks.ReadFloats(source, (values, first) => channels.LargestMagnitudes(values, first, largest));
        return largest.All(float.IsFinite) ? new(source, channels, [.. largest.Select(Scale)]) : null;
    }

    public override void Write(WeightBlocks blocks, WeightBlocks.BytesReader sink)
    {
        float[] inverse = [.. Scales.Select(s => 1 / s)];
        blocks.ReadFloats(Source, (values, first) =>
        {
            Span<sbyte> numbers = blocks.Encoded<sbyte>(values.Length);
            _channels.Quantise(values, first, inverse, numbers);
            sink(MemoryMarshal.AsBytes(numbers));
        });
    }

    /// <summary>A channel of zeros has any scale; so has one of numbers so small that its inverse is no longer a number.</summary>
    private static float Scale(float largest) =>
        largest / sbyte.MaxValue is var scale && float.IsFinite(1 / scale) ? scale : 1;
}
