namespace DiffSeg.Tests.Numerics;

public class LogRowsTests
{
    /// <summary>What <see cref="JeffreysDistance.Uncertainty"/> builds on.</summary>
    [Fact]
    public void Logarithms_are_off_by_at_most_two_units_in_the_last_place()
    {
        List<float> values = [1, float.BitDecrement(1), float.BitIncrement(1), float.MaxValue, JeffreysDistance.Smallest];
        for (int exponent = 1; exponent < 255; exponent += exponent is > 120 and < 132 ? 1 : 7)
        {
            for (int mantissa = 0; mantissa < 1 << 23; mantissa += 977)
            {
                values.Add(BitConverter.Int32BitsToSingle((exponent << 23) | mantissa));
            }
        }

        LogRows rows = new();
        rows.Reset(1, values.Count);
        values.ToArray().CopyTo(rows.Values(0));
        rows.TakeLogs(0);
        double worst = 0;
        for (int i = 0; i < values.Count; i++)
        {
            double exact = Math.Log(values[i]);
            float rounded = (float)exact;
            double unit = MathF.BitIncrement(MathF.Abs(rounded)) - MathF.Abs(rounded);
            worst = Math.Max(worst, Math.Abs(rows.Logs(0)[i] - exact) / unit);
        }

        Assert.InRange(worst, 0, 2);
        Assert.Equal(0, rows.Logs(0)[0]);
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    public void Padding_is_one_whose_logarithm_is_0(int length, int padded)
    {
        LogRows rows = new();
        rows.Reset(3, length);
        rows.Values(1).Fill(0.25f);
        rows.TakeLogs(1);
        Assert.Equal((length, padded, padded), (rows.Length, rows.Padded, rows.Logs(1).Length));
        Assert.All(rows.Values(1)[length..].ToArray(), v => Assert.Equal(1, v));
        Assert.All(rows.Logs(1)[length..].ToArray(), v => Assert.Equal(0, v));
    }
}
