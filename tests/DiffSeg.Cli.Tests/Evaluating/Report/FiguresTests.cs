using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Wording;

namespace DiffSeg.Cli.Tests.Evaluating.Report;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(MetricNames.MeanIou, 0.43614, 0.0212, "44 ± 2")]
    [InlineData(MetricNames.MeanIou, 0.43614, 0.0121, "43.6 ± 1.2")]
    [InlineData(MetricNames.MeanIou, 0.43614, 0.0036, "43.6 ± 0.4")]
    [InlineData(MetricNames.MeanIou, 0.43614, 0.00036, "43.61 ± 0.04")]
    [InlineData(MetricNames.MeanIou, 0.43614, 0.0000001, "43.61 ± 0.00")]
    [InlineData(MetricNames.MeanIou, 0.43614, 0.3, "44 ± 30")]
    [InlineData(MetricNames.MeanIou, 0.43614, 0, "43.6 ± 0.0")]
    [InlineData(MetricNames.MeanIou, 0.43614, double.NaN, "43.6")]
    [InlineData(MetricNames.MeanIou, double.NaN, 0.1, "–")]
    [InlineData(MetricNames.MeanIou, double.PositiveInfinity, 0.1, "–")]
    [InlineData(MetricNames.VariationOfInformation, 1.2345, 0.11, "1.23 ± 0.11")]
    [InlineData("something else", -0.0001, double.NaN, "0.00")]
    public void Digits_end_where_the_standard_error_begins(string name, double value, double error, string expected) =>
        Assert.Equal(expected, Figures.Text(new MetricValue(name, value, error, 4)));

    [Fact]
    public void What_was_not_measured_is_a_dash()
    {
        Assert.Equal(Figures.None, Figures.Text(null));
        Assert.Equal(Figures.None, Figures.Time(double.NaN));
        Assert.Equal(Figures.None, Figures.Memory(null));
        Assert.Equal(Figures.None, Figures.WholePercent(double.NaN));
        Assert.Equal(Figures.None, Figures.Mean(double.NaN));
    }

    [Theory]
    [InlineData(0.4, "under 1 ms")]
    [InlineData(85.4, "85 ms")]
    [InlineData(1234.5, "1.23 s")]
    public void Times_have_units(double milliseconds, string expected) => Assert.Equal(expected, Figures.Time(milliseconds));
}
