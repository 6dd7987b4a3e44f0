using CsCheck;
using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Merging;

public class IterativeMergingTests
{
    private static readonly MatchSettings Settings = new(ZeroAttention.MatchesNothing, -1);

    [Fact]
    public void A_higher_threshold_keeps_every_match_of_the_first_iteration() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Float[0.01f, 1], Gen.Float[0, 1]).Sample((seed, low, more) =>
        {
            using AggregatedAttention attention = RandomAttention.Aggregate(seed, [new(1, 16, 16), new(1, 8, 8)]);
            int[] anchors = SamplingGrid.Anchors(16, 16, 6);
            MatchMatrix few = Match(attention.Rows, anchors, low, Settings);
            MatchMatrix many = Match(attention.Rows, anchors, low + more, Settings);
            for (int anchor = 0; anchor < anchors.Length; anchor++)
            {
                Assert.True(few[anchor, anchors[anchor]], "Every map matches itself.");
                for (int map = 0; map < attention.Tokens; map++)
                {
                    Assert.True(many[anchor, map] || !few[anchor, map]);
                }
            }
        }, iter: 40);

    [Fact]
    public void Matching_is_symmetric() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Float[0.01f, 1]).Sample((seed, threshold) =>
        {
            using AggregatedAttention attention = RandomAttention.Aggregate(seed, [new(1, 9, 11)]);
            int[] all = [.. Enumerable.Range(0, attention.Tokens)];
            MatchMatrix matches = Match(attention.Rows, all, threshold, Settings);
            foreach (int i in all)
            {
                foreach (int j in all)
                {
                    Assert.Equal(matches[i, j], matches[j, i]);
                }
            }
        }, iter: 20);

    /// <summary>
    /// The threshold is put exactly on a distance, where single precision cannot tell: the accurate sum must, and the
    /// comparison is strict.
    /// </summary>
    [Fact]
    public void On_the_threshold_itself_the_accurate_sum_decides() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 99]).Sample((seed, other) =>
        {
            using AggregatedAttention attention = RandomAttention.Aggregate(seed, [new(1, 10, 10)]);
            double exact = JeffreysDistance.Accurate(attention.Map(0), attention.Map(other));
            foreach (float threshold in (float[])[(float)exact, MathF.BitIncrement((float)exact), MathF.BitDecrement((float)exact)])
            {
                MatchMatrix matches = Match(attention.Rows, [0, other], threshold, Settings);
                Assert.Equal(exact < threshold, matches[0, other]);
                Assert.Equal(exact < threshold, matches[1, 0]);
            }
        }, iter: 100);

    [Fact]
    public void Proposals_sum_to_what_the_maps_sum_to() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Float[0.05f, 1]).Sample((seed, threshold) =>
        {
            using AggregatedAttention attention = RandomAttention.Aggregate(seed, [new(1, 16, 16)]);
            ProposalSet proposals = new IterativeMerging().Run(
                attention.Rows, SamplingGrid.Anchors(16, 16, 5), [threshold, threshold], Settings);
            Assert.InRange(proposals.Count, 1, 25);
            for (int k = 0; k < proposals.Count; k++)
            {
                Assert.Equal(1, proposals.Map(k).ToArray().Sum(v => (double)v), 1e-5);
            }
        }, iter: 20);

    [Fact]
    public void Scaled_weights_scale_distances()
    {
        AttentionShape[] shapes = [new(1, 12, 12), new(1, 6, 6)];
        using AggregatedAttention one = RandomAttention.Aggregate(2, shapes, new() { Weights = [0.5f, 0.5f] });
        using AggregatedAttention four = RandomAttention.Aggregate(2, shapes, new() { Weights = [2, 2], NormalizeWeights = false });
        int[] anchors = SamplingGrid.Anchors(12, 12, 4);
        MatchMatrix a = Match(one.Rows, anchors, 0.2f, Settings);
        MatchMatrix b = Match(four.Rows, anchors, 0.8f, Settings);
        int matches = 0;
        for (int anchor = 0; anchor < anchors.Length; anchor++)
        {
            Assert.All(Enumerable.Range(0, 144), map => Assert.Equal(a[anchor, map], b[anchor, map]));
            matches += a.CountOf(anchor);
        }

        Assert.InRange(matches, anchors.Length + 1, (anchors.Length * 144) - 1);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void At_no_threshold_above_0_nothing_matches(float threshold)
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(1, [new(1, 8, 8)]);
        MatchMatrix matches = Match(attention.Rows, [3, 9], threshold, Settings);
        Assert.Equal((0, 0), (matches.CountOf(0), matches.CountOf(1)));
    }

    [Fact]
    public void Anchors_that_match_nothing_are_dropped_even_after_a_single_iteration()
    {
        using AggregatedAttention attention = WithZeroInMap(9);
        ProposalSet proposals = new IterativeMerging().Run(attention.Rows, [0, 9, 18], [0.5f], Settings);
        Assert.Equal(2, proposals.Count);
        Assert.False(proposals.Values.ContainsAnyExceptInRange(float.Epsilon, 1));
    }

    [Fact]
    public void A_map_with_a_0_matches_nothing_unless_zeros_are_clamped()
    {
        using AggregatedAttention attention = WithZeroInMap(9);
        MatchMatrix published = Match(attention.Rows, [9], 100, Settings);
        MatchMatrix clamped = Match(attention.Rows, [9], 100, Settings with { Zeros = ZeroAttention.Clamp });
        Assert.Equal(0, published.CountOf(0));
        Assert.Equal(64, clamped.CountOf(0));
    }

    private static MatchMatrix Match(MapRows maps, int[] anchors, float threshold, MatchSettings settings)
    {
        MatchMatrix matches = new();
        new MapMatcher().Match(maps, anchors, anchors.Length, threshold, settings, matches, default);
        return matches;
    }

    private static AggregatedAttention WithZeroInMap(int map)
    {
        float[] tensor = RandomAttention.Tensor(1, new(1, 8, 8));
        tensor[(map * 64) + 33] = 0;
        AttentionAggregator aggregator = new([new(1, 8, 8)]);
        aggregator.Add(0, tensor);
        return aggregator.Aggregate();
    }
}
