using DiffSeg.Semantics;

namespace DiffSeg.Tests.Semantics;

public class CrossAttentionAggregatorTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(-1e-9f)]
    public void A_bad_value_is_named_and_the_next_picture_starts_anew(float bad)
    {
        CrossAttentionShape[] shapes = [new(2, 2, 3, 4), new(1, 1, 1, 4)];
        CrossAttentionAggregator aggregator = new(shapes);
        float[][] tensors = RandomText.Tensors(1, shapes);
        float[] broken = [.. tensors[0]];
        broken[((6 + 4) * 4) + 2] = bad;
        AttentionException error = Assert.Throws<AttentionException>(() => aggregator.Add(0, broken));
        Assert.Equal((0, 42L), (error.Tensor, error.Index));
        Assert.Contains("(head 1, place 4, text token 2)", error.Message);
        aggregator.Add(1, tensors[1]);
        aggregator.Add(0, tensors[0]);
        MaskGrid grid = MaskGrid.Whole(2, 3, 4, 4);
        Noun noun = new("cat", 1);
        Assert.Equal(RandomText.Aggregate(1, shapes).Map(noun, grid), aggregator.Aggregate().Map(noun, grid));
    }

    [Fact]
    public void A_place_without_attention_is_an_error()
    {
        CrossAttentionAggregator aggregator = new([new(1, 1, 2, 2)]);
        AttentionException error = Assert.Throws<AttentionException>(() => aggregator.Add(0, [1, 0, 0, 0]));
        Assert.Contains("place 1", error.Message);
        Assert.Equal(2, error.Index);
    }

    [Fact]
    public void Shapes_and_calls_are_checked()
    {
        Assert.Throws<ArgumentException>("tensors", () => new CrossAttentionAggregator([]));
        Assert.Throws<ArgumentException>("tensors", () => new CrossAttentionAggregator([new(1, 0, 2, 4)]));
        Assert.Throws<ArgumentException>("tensors", () => new CrossAttentionAggregator([new(1, 2, 2, 0)]));
        Assert.Contains("2x2, 8 text tokens, the first one 4x4, 2 heads, 77 text tokens", Assert.Throws<ArgumentException>(
            "tensors", () => new CrossAttentionAggregator([new(2, 4, 4, 77), new(1, 2, 2, 8)])).Message);
        Assert.Throws<ArgumentException>(
            "options",
            () => new CrossAttentionAggregator([new(1, 2, 2, 4)], new AggregationOptions { Weights = [1, 2] }));

        CrossAttentionAggregator aggregator = new([new(1, 1, 1, 2), new(1, 1, 2, 2)]);
        Assert.Throws<ArgumentOutOfRangeException>("tensor", () => aggregator.Add(2, [1, 1]));
        Assert.Contains("1 x 1 x 2 = 2", Assert.Throws<ArgumentException>("attention", () => aggregator.Add(0, [1])).Message);
        aggregator.Add(0, [1, 1]);
        Assert.Throws<InvalidOperationException>(() => aggregator.Add(0, [1, 1]));
        Assert.Contains("tensor 1 (1x2) was not added", Assert.Throws<InvalidOperationException>(aggregator.Aggregate).Message);
        aggregator.Reset();
        aggregator.Add(0, [1, 1]);
    }
}
