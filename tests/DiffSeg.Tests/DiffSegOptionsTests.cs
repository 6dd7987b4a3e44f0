namespace DiffSeg.Tests;

public class DiffSegOptionsTests
{
    [Fact]
    public void Defaults_are_the_published_codes()
    {
        DiffSegOptions options = new();
        Assert.Equal([1.1f, 1.1f, 1.1f], options.EffectiveThresholds());
        Assert.Equal(16, options.AnchorsPerSide);
        Assert.False(options.Refine || options.Regions);
        Assert.Equal(0, options.MinRegionShare);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-0.5f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_threshold_must_be_above_0_and_finite(float threshold)
    {
        ArgumentOutOfRangeException one = Assert.Throws<ArgumentOutOfRangeException>(
            "KlThreshold", () => new DiffSegOptions { KlThreshold = threshold });
        Assert.StartsWith("KlThreshold must be greater than 0 and finite.", one.Message);
        ArgumentOutOfRangeException list = Assert.Throws<ArgumentOutOfRangeException>(
            "KlThresholds[1]", () => new DiffSegOptions { KlThresholds = [1, threshold] });
        Assert.StartsWith("KlThresholds[1] must be greater than 0 and finite.", list.Message);
    }

    [Fact]
    public void The_list_of_thresholds_replaces_the_one_and_is_copied()
    {
        float[] thresholds = [0.5f, 2];
        DiffSegOptions options = new() { KlThreshold = 9, KlThresholds = thresholds };
        thresholds[0] = 7;
        Assert.Equal([0.5f, 2], options.EffectiveThresholds());
        Assert.Equal([9f, 9, 9], (options with { KlThresholds = null }).EffectiveThresholds());
        Assert.Throws<ArgumentException>("KlThresholds", () => new DiffSegOptions { KlThresholds = [] });
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(0)]
    [InlineData(1)]
    public void Fewer_than_two_anchors_are_an_error(int anchors)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(
            "AnchorsPerSide", () => new DiffSegOptions { AnchorsPerSide = anchors });
        Assert.StartsWith("AnchorsPerSide must be from 2 to the longer side of the attention map.", error.Message);
    }

    [Fact]
    public void Everything_else_is_guarded_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Iterations", () => new DiffSegOptions { Iterations = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Iterations", () => new DiffSegOptions { Iterations = int.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>("MinRegionShare", () => new DiffSegOptions { MinRegionShare = -0.1 });
        Assert.Throws<ArgumentOutOfRangeException>("MinRegionShare", () => new DiffSegOptions { MinRegionShare = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("MinRegionShare", () => new DiffSegOptions { MinRegionShare = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>("LabelOrder", () => new DiffSegOptions { LabelOrder = (LabelOrder)7 });
        Assert.Throws<ArgumentOutOfRangeException>("ZeroAttention", () => new DiffSegOptions { ZeroAttention = (ZeroAttention)7 });
        Assert.Throws<ArgumentOutOfRangeException>("MaxDegreeOfParallelism", () => new DiffSegOptions { MaxDegreeOfParallelism = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("MaxDegreeOfParallelism", () => new AggregationOptions { MaxDegreeOfParallelism = -2 });
    }
}
