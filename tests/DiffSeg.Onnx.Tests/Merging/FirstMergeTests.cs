using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Merging;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Merging;

/// <summary>The settings, and what the goldens do not ask of the graph.</summary>
public sealed class FirstMergeTests
{
    [Fact]
    public void Impossible_settings_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("AnchorsPerSide", () => new FirstMerge { AnchorsPerSide = 1 });
        Assert.Throws<ArgumentOutOfRangeException>("ZeroAttention", () => new FirstMerge { ZeroAttention = (ZeroAttention)7 });
        Assert.Throws<ArgumentNullException>("FirstMerge", () => new AttentionModelOptions { FirstMerge = null! });
        Assert.Throws<ArgumentNullException>("FirstMerge", () => new Sam2AttentionOptions { FirstMerge = null! });
        Assert.Throws<ArgumentOutOfRangeException>("Form", () => new Sam2AttentionOptions { Form = AttentionForm.Resolutions });
    }

    // Whole rows and columns of 0, single zeros, and numbers below the smallest normal one.
    [Theory]
    [InlineData(ZeroAttention.Clamp, 17)]
    [InlineData(ZeroAttention.MatchesNothing, 17)]
    [InlineData(ZeroAttention.MatchesNothing, 18)]
    public void Zeros_do_what_they_do_in_DiffSeg(ZeroAttention zeros, long operatorSet)
    {
        float[] values = Attention(new Random(3), withZeros: true);
        using AggregatedAttention attention = Single(values);
        var merge = new FirstMerge { AnchorsPerSide = Side, ZeroAttention = zeros };

        int segments = MergedModel.AssertSameMask(attention, Merge(values, 0.4f, zeros, operatorSet), merge, 0.4f);

        Assert.InRange(segments, 2, Tokens);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void A_threshold_that_is_not_above_0_matches_nothing(float threshold) =>
        Assert.All(
            Merge(Attention(new Random(4), withZeros: false), threshold, ZeroAttention.Clamp, 17),
            value => Assert.True(float.IsNaN(value)));

    [Fact]
    public void An_infinite_threshold_matches_everything()
    {
        float[] values = Attention(new Random(5), withZeros: false);

        float[] merged = Merge(values, float.PositiveInfinity, ZeroAttention.Clamp, 17);

        double[] mean = [.. Enumerable.Range(0, Tokens).Select(t => Enumerable.Range(0, Tokens).Average(row => (double)values[(row * Tokens) + t]))];
        Assert.All(Enumerable.Range(0, merged.Length), i => Assert.Equal(mean[i % Tokens], merged[i], 1e-8));
    }

    private const int Side = 6;
    private const int Tokens = Side * Side;

    private static float[] Merge(float[] values, float threshold, ZeroAttention zeros, long operatorSet)
    {
        var graph = new TestGraph(operatorSet);
        Value maps = graph.Input("maps", values, Tokens, Tokens);
        Value limit = graph.Input("threshold", [threshold], 1);
        graph.Output(FirstMergeGraph.Append(maps, Tokens, SamplingGrid.Anchors(Side, Side, Side), limit, zeros).Name);
        return Assert.Single(graph.Run());
    }

    private static AggregatedAttention Single(float[] values)
    {
        var aggregator = new AttentionAggregator([new AttentionShape(1, Side, Side)]);
        aggregator.Add(0, values);
        AggregatedAttention attention = aggregator.Aggregate();
        attention.Values.CopyTo(values); // rows divided by their sums: the graph gets the same
        return attention;
    }

    /// <summary>Maps of two kinds, the left half's and the right half's.</summary>
    private static float[] Attention(Random random, bool withZeros)
    {
        var values = new float[Tokens * Tokens];
        for (int i = 0; i < values.Length; i++)
        {
            int query = i / Tokens, key = i % Tokens;
            bool together = query % Side < Side / 2 == key % Side < Side / 2;
            values[i] = (together ? 5 : 1) * (0.5f + random.NextSingle()) / (3 * Tokens);
            bool zero = withZeros && query / Side is 0 or 3 && key % 7 == 0;
            values[i] = !zero ? values[i] : key % 2 == 0 ? 0 : 1e-41f;
        }

        return values;
    }
}
