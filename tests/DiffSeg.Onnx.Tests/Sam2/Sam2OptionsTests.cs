namespace DiffSeg.Onnx.Tests.Sam2;

public sealed class Sam2OptionsTests
{
    [Fact]
    public void Defaults_are_those_of_the_trial()
    {
        var options = new Sam2AttentionOptions();

        Assert.Equal([7, 9], options.Blocks);
        Assert.Equal(WeightStorage.Float32, options.Weights);
        Assert.Equal(1.2f, options.KlThreshold);
    }

    [Fact]
    public void Blocks_are_a_copy_in_order()
    {
        int[] blocks = [9, 5];

        var options = new Sam2AttentionOptions { Blocks = blocks };
        blocks[0] = 7;

        Assert.Equal([5, 9], options.Blocks);
    }

    [Theory]
    [InlineData]
    [InlineData(-1)]
    [InlineData(7, 7)]
    public void Impossible_blocks_are_refused(params int[] blocks) =>
        Assert.Throws<ArgumentException>("Blocks", () => new Sam2AttentionOptions { Blocks = blocks });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Impossible_thresholds_are_refused(float threshold) =>
        Assert.Throws<ArgumentOutOfRangeException>("KlThreshold", () => new Sam2AttentionOptions { KlThreshold = threshold });

    [Fact]
    public void An_unknown_storage_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("Weights", () => new Sam2AttentionOptions { Weights = (WeightStorage)9 });
}
