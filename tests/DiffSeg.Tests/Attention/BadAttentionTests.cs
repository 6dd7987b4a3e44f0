using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Attention;

/// <summary>Attention that cannot be, and calls that cannot be meant: what the error says.</summary>
public class BadAttentionTests
{
    private static readonly AttentionShape[] Shapes = [new(1, 4, 4), new(2, 2, 3)];

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "an infinite value")]
    [InlineData(float.NegativeInfinity, "an infinite value")]
    [InlineData(-0.25f, "-0.25, a negative value,")]
    public void A_bad_value_is_named_with_its_place(float value, string what)
    {
        AttentionAggregator aggregator = new(Shapes);
        float[] tensor = RandomAttention.Tensor(1, Shapes[1]);
        tensor[36 + 20] = value;
        tensor[36 + 31] = value;
        AttentionException error = Assert.Throws<AttentionException>(() => aggregator.Add(1, tensor));
        Assert.Equal(
            $"Attention tensor 1 (2x3, 2 heads) holds {what} at index 56 (head 1, query token 3, key token 2). Attention "
            + "must be finite and not negative: check that this output is taken after the softmax, and whether a "
            + "half-precision model overflows.",
            error.Message);
        Assert.Equal(1, error.Tensor);
        Assert.Equal(56, error.Index);
    }

    [Fact]
    public void The_first_bad_row_is_named_whatever_the_threads()
    {
        AttentionShape shape = new(1, 24, 24);
        float[] tensor = RandomAttention.Tensor(1, shape);
        for (int row = 5; row < 576; row += 3)
        {
            tensor[(row * 576) + 1] = float.NaN;
        }

        for (int i = 0; i < 20; i++)
        {
            AttentionException error = Assert.Throws<AttentionException>(() => new AttentionAggregator([shape]).Add(0, tensor));
            Assert.Equal((5 * 576) + 1, error.Index);
        }
    }

    [Fact]
    public void A_query_without_attention_is_named()
    {
        float[] tensor = RandomAttention.Tensor(1, Shapes[0]);
        tensor.AsSpan(5 * 16, 16).Clear();
        AttentionException error = Assert.Throws<AttentionException>(() => new AttentionAggregator(Shapes).Add(0, tensor));
        Assert.Equal(
            "Attention tensor 0 (4x4) is 0 everywhere from index 80 on, for query token 5 in all heads. Every token must "
            + "attend to something: check that the model ran and that this is its attention output.",
            error.Message);
        Assert.Equal((0, 80L), (error.Tensor, error.Index));
    }

    [Fact]
    public void All_zero_attention_is_an_error() =>
        Assert.Throws<AttentionException>(() => new AttentionAggregator(Shapes).Add(0, new float[256]));

    [Fact]
    public void Attention_too_large_to_normalise_is_an_error()
    {
        AttentionAggregator aggregator = new([new(1, 4, 4)]);
        float[] tensor = new float[256];
        tensor.AsSpan().Fill(float.MaxValue / 4);
        aggregator.Add(0, tensor);
        AttentionException error = Assert.Throws<AttentionException>(() => aggregator.Aggregate());
        Assert.StartsWith("The attention of query token 0 at 4x4 (tensor 0) sums to", error.Message);
    }

    [Fact]
    public void After_an_error_the_next_image_starts_clean()
    {
        AttentionAggregator aggregator = new([new(1, 4, 4)]);
        Assert.Throws<AttentionException>(() => aggregator.Add(0, new float[256]));
        float[] good = RandomAttention.Tensor(1, new(1, 4, 4));
        aggregator.Add(0, good);
        using AggregatedAttention attention = aggregator.Aggregate();
        using AggregatedAttention alone = RandomAttention.Aggregate(1, [new(1, 4, 4)]);
        Assert.Equal(alone.Values.ToArray(), attention.Values.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(257)]
    public void A_wrong_length_is_named_beside_the_right_one(int length)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new AttentionAggregator(Shapes).Add(0, new float[length]));
        Assert.StartsWith(
            $"Attention tensor 0 has {length} values, but its shape 4x4 asks for 1 x 16 x 16 = 256.", error.Message);
    }

    [Fact]
    public void Tensors_twice_missing_or_unknown_are_errors()
    {
        AttentionAggregator aggregator = new(Shapes);
        aggregator.Add(0, RandomAttention.Tensor(1, Shapes[0]));
        Assert.Contains(
            "tensor 0 was added already",
            Assert.Throws<InvalidOperationException>(() => aggregator.Add(0, RandomAttention.Tensor(1, Shapes[0]))).Message);
        Assert.StartsWith(
            "Attention tensor 1 (2x3, 2 heads) was not added; 1 of 2 were.",
            Assert.Throws<InvalidOperationException>(aggregator.Aggregate).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => aggregator.Add(2, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => aggregator.Add(-1, []));
    }

    [Theory]
    [InlineData(0, 4, 4)]
    [InlineData(1, 0, 4)]
    [InlineData(1, 4, -1)]
    [InlineData(1, 300, 300)]
    public void Impossible_shapes_are_errors(int heads, int height, int width) =>
        Assert.Contains("Tensor 1", Assert.Throws<ArgumentException>(
            () => new AttentionAggregator([new(1, 4, 4), new(heads, height, width)])).Message);

    [Fact]
    public void No_tensors_are_an_error() => Assert.Throws<ArgumentException>(() => new AttentionAggregator([]));

    [Fact]
    public void Weights_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new AggregationOptions { Weights = [1, -1] });
        Assert.Throws<ArgumentException>(() => new AggregationOptions { Weights = [0, 0] });
        Assert.Throws<ArgumentException>(() => new AggregationOptions { Weights = [float.NaN] });
        Assert.StartsWith(
            "There are 3 weights for 2 resolutions (4x4, 2x3); give one each, finest first.",
            Assert.Throws<ArgumentException>(
                () => new AttentionAggregator(Shapes, new AggregationOptions { Weights = [1, 1, 1] })).Message);
    }
}
