using System.Numerics;

namespace DiffSeg.Onnx.Weights;

/// <summary>The loop that turns floats into int8: value x factor, to the nearest number (ties to even), within -127 .. 127.</summary>
internal static class Int8Quantisation
{
    /// <summary>One factor for all values.</summary>
    public static void Run(ReadOnlySpan<float> values, float factor, Span<sbyte> numbers)
    {
        int i = 0;
        var factors = new Vector<float>(factor);
        for (; i <= values.Length - Vector<sbyte>.Count; i += Vector<sbyte>.Count)
        {
            ReadOnlySpan<float> v = values.Slice(i, Vector<sbyte>.Count);
            Pack(Part(v, 0) * factors, Part(v, 1) * factors, Part(v, 2) * factors, Part(v, 3) * factors).CopyTo(numbers[i..]);
        }

        for (; i < values.Length; i++)
        {
            numbers[i] = Nearest(values[i] * factor);
        }
    }

    /// <summary>A factor for each value.</summary>
    public static void Run(ReadOnlySpan<float> values, ReadOnlySpan<float> factors, Span<sbyte> numbers)
    {
        int i = 0;
        for (; i <= values.Length - Vector<sbyte>.Count; i += Vector<sbyte>.Count)
        {
            ReadOnlySpan<float> v = values.Slice(i, Vector<sbyte>.Count), f = factors.Slice(i, Vector<sbyte>.Count);
            Pack(Part(v, 0) * Part(f, 0), Part(v, 1) * Part(f, 1), Part(v, 2) * Part(f, 2), Part(v, 3) * Part(f, 3))
                .CopyTo(numbers[i..]);
        }

        for (; i < values.Length; i++)
        {
            numbers[i] = Nearest(values[i] * factors[i]);
        }
    }

    /// <summary>The scalar twin of <see cref="Pack"/>.</summary>
    private static sbyte Nearest(float value) => (sbyte)Math.Clamp(MathF.Round(value), -sbyte.MaxValue, sbyte.MaxValue);

    /// <summary>One of the four vectors of floats that fill one vector of bytes.</summary>
    private static Vector<float> Part(ReadOnlySpan<float> values, int part) =>
        new(values.Slice(part * Vector<float>.Count, Vector<float>.Count));

    /// <summary>Four vectors of floats to one of bytes, in order: rounded, bounded, narrowed twice.</summary>
    private static Vector<sbyte> Pack(Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d) =>
        Vector.Narrow(Vector.Narrow(Integers(a), Integers(b)), Vector.Narrow(Integers(c), Integers(d)));

    private static Vector<int> Integers(Vector<float> values) => Vector.ConvertToInt32(Vector.Clamp(
        Vector.Round(values), new Vector<float>(-sbyte.MaxValue), new Vector<float>(sbyte.MaxValue)));
}
