using System.Numerics.Tensors;
using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Weights;

/// <summary>
/// A row-major tensor as seen from one of its axes: [outer, channels, inner], with something to do for each channel.
/// Blocks of values are given with the index of their first in the tensor.
/// </summary>
internal readonly record struct ChannelWise(int Count, long Inner)
{
    public static ChannelWise Of(TensorProto tensor, int axis) =>
        new(checked((int)tensor.Dims[axis]), tensor.Dims.Skip(axis + 1).Aggregate(1L, (a, b) => a * b));

    /// <summary>Raises each channel's largest magnitude to that of its values in a block; NaN stays.</summary>
    public void LargestMagnitudes(ReadOnlySpan<float> values, long first, Span<float> largest)
    {
        for (int start = 0; start < values.Length;)
        {
            int channel = Run(values.Length - start, first + start, out int length);
            ReadOnlySpan<float> run = values.Slice(start, length);
            if (Inner == 1)
            {
                Span<float> those = largest.Slice(channel, length);
                TensorPrimitives.MaxMagnitude(run, those, those);
                TensorPrimitives.Abs(those, those);
            }
            else
            {
                largest[channel] = Math.Max(largest[channel], Math.Abs(TensorPrimitives.MaxMagnitude(run)));
            }

            start += length;
        }
    }

    /// <summary>Values times their channel's factor, as the nearest number from -127 to 127.</summary>
    public void Quantise(ReadOnlySpan<float> values, long first, ReadOnlySpan<float> factors, Span<sbyte> numbers)
    {
        for (int start = 0; start < values.Length;)
        {
            int channel = Run(values.Length - start, first + start, out int length);
            ReadOnlySpan<float> run = values.Slice(start, length);
            Span<sbyte> destination = numbers.Slice(start, length);
            if (Inner == 1)
            {
                Int8Quantisation.Run(run, factors.Slice(channel, length), destination);
            }
            else
            {
                Int8Quantisation.Run(run, factors[channel], destination);
            }

            start += length;
        }
    }

    /// <summary>
    /// The channel of the value at an index, and how many values from there on are done in one go: those of the same
    /// channel; where each value has its own (inner 1), those up to the last channel.
    /// </summary>
    private int Run(int available, long index, out int length)
    {
        int channel = (int)(index / Inner % Count);
        long run = Inner == 1 ? Count - channel : Inner - index % Inner;
        length = (int)Math.Min(available, run);
        return channel;
    }
}
