using DiffSeg.Cli.Evaluating.Report.Charts;

namespace DiffSeg.Cli.Tests.Evaluating.Report;

public sealed class NiceTicksTests
{
    [Theory]
    [InlineData(0, 100, 5, new double[] { 0, 20, 40, 60, 80, 100 }, 0)]
    [InlineData(0, 0.3, 3, new[] { 0, 0.1, 0.2, 0.3 }, 1)]
    [InlineData(22.1, 33.3, 4, new double[] { 20, 25, 30, 35 }, 0)]
    [InlineData(-0.04, 0.05, 4, new[] { -0.05, 0, 0.05 }, 2)]
    [InlineData(3, 3.0001, 2, new[] { 3, 3.00005, 3.0001 }, 5)]
    public void Ticks_are_round_and_enclose_the_range(double from, double to, int steps, double[] expected, int decimals)
    {
        NiceTicks ticks = NiceTicks.Around(from, to, steps);

        Assert.Equal(expected, ticks.Values);
        Assert.Equal(decimals, ticks.Decimals);
    }

    [Fact]
    public void Any_range_is_enclosed_by_few_rising_ticks()
    {
        var random = new Random(3);
        for (int i = 0; i < 500; i++)
        {
            double from = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-4, 5));
            double to = from + (Math.Abs(from) * (0.001 + random.NextDouble())) + 1e-6;

            NiceTicks ticks = NiceTicks.Around(from, to, 5);

            double tolerance = 1e-6 * (to - from);
            Assert.InRange(from, ticks.From - tolerance, double.PositiveInfinity);
            Assert.InRange(to, double.NegativeInfinity, ticks.To + tolerance);
            Assert.InRange(ticks.Values.Count, 2, 8);
            Assert.All(ticks.Values.Zip(ticks.Values.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        }
    }

    [Theory]
    [InlineData(new double[] { 4, 8, 16, 32 }, true)]
    [InlineData(new[] { 0.7, 0.9, 1.1, 1.3 }, false)]
    [InlineData(new double[] { 0, 1, 10, 100 }, false)]
    [InlineData(new double[] { 1, 100 }, false)]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, false)]
    public void Doubling_settings_get_a_logarithmic_axis(double[] values, bool expected) =>
        Assert.Equal(expected, Axis.IsBetterLogarithmic(values));

    [Fact]
    public void Values_beyond_an_axis_are_put_at_its_end()
    {
        var axis = new Axis(From: 10, To: 20, Start: 200, End: 100);

        Assert.Equal([200, 150, 100, 200, 100], new[] { 10.0, 15, 20, -5, 90 }.Select(axis.At));
        Assert.Equal(150, new Axis(1, 100, 100, 200, IsLogarithmic: true).At(10), 9);
    }
}
