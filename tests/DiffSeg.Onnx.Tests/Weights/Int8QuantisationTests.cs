using DiffSeg.Onnx.Weights;

namespace DiffSeg.Onnx.Tests.Weights;

public sealed class Int8QuantisationTests
{
    [Fact]
    public void Every_length_is_as_by_the_definition()
    {
        var random = new Random(3);
        for (int length = 0; length < 200; length++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(i => i % 3 == 0
                ? random.Next(-140, 140) + 0.5f // ties, and beyond both ends
                : (float)(random.NextDouble() * 300 - 150))];
            float[] factors = [.. Enumerable.Range(0, length).Select(_ => random.Next(1, 4) / 2f)];
            var ofOne = new sbyte[length];
            var ofMany = new sbyte[length];

            Int8Quantisation.Run(values, 0.5f, ofOne);
            Int8Quantisation.Run(values, factors, ofMany);

            Assert.Equal(values.Select(v => Nearest(v * 0.5f)), ofOne);
            Assert.Equal(values.Select((v, i) => Nearest(v * factors[i])), ofMany);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public void Blocks_may_begin_anywhere(int inner)
    {
        const int Channels = 7;
        float[] values = [.. Enumerable.Range(0, 3 * Channels * inner).Select(i => MathF.Sin(i) * (1 + i / inner % Channels))];
        var channels = new ChannelWise(Channels, inner);
        float[] factors = [.. Enumerable.Range(1, Channels).Select(c => 127f / c)];

        foreach (int block in (int[])[1, 5, 64, values.Length])
        {
            var largest = new float[Channels];
            var numbers = new sbyte[values.Length];
            for (int first = 0; first < values.Length; first += block)
            {
                ReadOnlySpan<float> part = values.AsSpan(first, Math.Min(block, values.Length - first));
                channels.LargestMagnitudes(part, first, largest);
                channels.Quantise(part, first, factors, numbers.AsSpan(first, part.Length));
            }

            for (int c = 0; c < Channels; c++)
            {
                Assert.Equal(values.Where((_, i) => i / inner % Channels == c).Max(Math.Abs), largest[c]);
            }

            Assert.Equal(values.Select((v, i) => Nearest(v * factors[i / inner % Channels])), numbers);
        }
    }

    private static sbyte Nearest(float value) => (sbyte)Math.Clamp(Math.Round((double)value, MidpointRounding.ToEven), -127, 127);
}
