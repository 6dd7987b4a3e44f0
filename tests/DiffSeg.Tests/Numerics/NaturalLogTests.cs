namespace DiffSeg.Tests.Numerics;

public class NaturalLogTests
{
    [Fact]
    public void Is_off_by_at_most_one_and_a_half_units_in_the_last_place()
    {
        double worst = 0;
        for (int exponent = 1; exponent < 255; exponent += exponent is > 120 and < 132 ? 1 : 7)
        {
            for (int mantissa = 0; mantissa < 1 << 23; mantissa += 977)
            {
                worst = Math.Max(worst, Error(BitConverter.Int32BitsToSingle((exponent << 23) | mantissa)));
            }
        }

        foreach (float edge in (float[])[1, float.BitDecrement(1), float.BitIncrement(1), float.MaxValue, JeffreysDistance.Smallest])
        {
            worst = Math.Max(worst, Error(edge));
        }

        Assert.InRange(worst, 0, 1.5);
        Assert.Equal(0, NaturalLog.Scalar(1));
    }

    private static double Error(float value)
    {
        double exact = Math.Log(value);
        float rounded = (float)exact;
        double unit = MathF.BitIncrement(MathF.Abs(rounded)) - MathF.Abs(rounded);
        return Math.Abs(NaturalLog.Scalar(value) - exact) / unit;
    }
}
