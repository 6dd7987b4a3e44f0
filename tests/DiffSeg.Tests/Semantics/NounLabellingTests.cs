using CsCheck;
using DiffSeg.Semantics;

namespace DiffSeg.Tests.Semantics;

public class NounLabellingTests
{
    private static readonly CrossAttentionShape[][] Ladders =
    [
        [new(2, 8, 8, 9), new(1, 4, 4, 9), new(1, 8, 8, 9)],
        [new(1, 6, 9, 5)],
        [new(3, 2, 3, 12), new(1, 8, 12, 12)],
    ];

    private static readonly Noun[] Nouns = [new("cat", 1), new("dog", 2, 3), new("cat", 4)];

    [Fact]
    public void Maps_and_nouns_are_those_of_the_definition() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, Ladders.Length - 1], Gen.Int[1, 20], Gen.Int[1, 20]).Sample((seed, ladder, height, width) =>
        {
            CrossAttentionShape[] shapes = Ladders[ladder];
            CrossAttention attention = RandomText.Aggregate(seed, shapes);
            MaskGrid grid = new(height, width, 0.5, -1, attention.Height - 1, attention.Width + 2);
            Random random = new(seed);
            int[] mask = [.. Enumerable.Range(0, height * width).Select(_ => 3 * random.Next(5))];
            double[][] maps = [.. Nouns.Select(n => NaiveNouns.Map(RandomText.Tensors(seed, shapes), shapes, n.Tokens, grid))];
            for (int n = 0; n < Nouns.Length; n++)
            {
                float[] map = attention.Map(Nouns[n], grid);

                // Each axis' interpolation weight is rounded by at most 2^-24 of 1, and weighs the neighbour's value, not the sum's.
                double weights = 2 * Math.Pow(2, -24) * maps[n].Max();
                for (int i = 0; i < map.Length; i++)
                {
                    Assert.Equal(maps[n][i], map[i], (1e-6 * maps[n][i]) + weights);
                }
            }

            int[] labels = [.. mask.Distinct().Order()];
            foreach (NounVoting voting in Enum.GetValues<NounVoting>())
            {
                SegmentNouns nouns = NounLabelling.Label([.. mask.Select(l => (ushort)l)], grid, attention, Nouns, voting);
                Assert.Equal(labels, nouns.Segments.Select(s => (int)s.Label));
                Assert.Equal(NaiveNouns.Choose(maps, mask, labels, voting), nouns.Segments.Select(s => s.Noun));
            }
        }, iter: 60);

    [Fact]
    public void Segments_of_one_word_merge()
    {
        CrossAttention attention = TwoPlaces();
        ushort[] mask = [7, 2, 7, 5];
        SegmentNouns nouns = NounLabelling.Label(
            mask, new MaskGrid(1, 4, 0, 0, 1, 4), attention, [new("sky", 0), new("dog", 1), new("sky", 2)]);
        Assert.Equal(["sky", "dog"], nouns.Words);
        Assert.Equal([5, 7], nouns.Labels["sky"].Select(l => (int)l));
        Assert.Equal([2], nouns.Labels["dog"].Select(l => (int)l));
        Assert.Equal("sky", nouns.WordOf(5));
        Assert.Equal([0, 1, 0, 0], nouns.Merge(mask).Select(l => (int)l));
        Assert.Throws<ArgumentOutOfRangeException>("label", () => nouns.WordOf(3));
        Assert.Throws<ArgumentOutOfRangeException>("labels", () => nouns.Merge([3]));
    }

    [Fact]
    public void A_median_between_two_nouns_is_rounded_down()
    {
        // Of the first two pixels one votes for sky and one for dog: the published median is the one between, which nobody chose.
        CrossAttention attention = TwoPlaces();
        Noun[] nouns = [new("sky", 0), new("tree", 3), new("dog", 1), new("cat", 4)];
        SegmentNouns named = NounLabelling.Label(
            [0, 0, 1, 1], new MaskGrid(1, 4, 0, 0, 1, 4), attention, nouns, NounVoting.Majority);
        Assert.Equal("tree", named.WordOf(0));
    }

    [Fact]
    public void Weights_of_one_resolution_alone_leave_the_others_out()
    {
        CrossAttentionShape[] shapes = Ladders[2];
        CrossAttention all = RandomText.Aggregate(1, shapes, new AggregationOptions { Weights = [0, 2] });
        CrossAttentionAggregator coarse = new([shapes[0]]);
        coarse.Add(0, RandomText.Tensors(1, shapes)[0]);
        Noun noun = new("cat", 3);
        float[] expected = coarse.Aggregate().Map(noun, MaskGrid.Whole(2, 3, 16, 24));
        Assert.Equal(expected, all.Map(noun, MaskGrid.Whole(8, 12, 16, 24)));
    }

    [Fact]
    public void Bad_input_is_an_error_that_says_what()
    {
        CrossAttention attention = RandomText.Aggregate(2, Ladders[1]);
        MaskGrid grid = MaskGrid.Whole(6, 9, 2, 2);
        Assert.Throws<ArgumentException>("nouns", () => NounLabelling.Label(new ushort[4], grid, attention, []));
        Assert.Contains("has token 5, but the text has 5", Assert.Throws<ArgumentException>(
            "nouns", () => NounLabelling.Label(new ushort[4], grid, attention, [new("cat", 1, 5)])).Message);
        Assert.Contains("has 5 labels, but the grid 2x2 asks for 4", Assert.Throws<ArgumentException>(
            "labels", () => NounLabelling.Label(new ushort[5], grid, attention, Nouns)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(
            "voting", () => NounLabelling.Label(new ushort[4], grid, attention, Nouns, (NounVoting)7));
        Assert.Throws<ArgumentException>("tokens", () => new Noun("cat"));
        Assert.Throws<ArgumentException>("tokens", () => new Noun("cat", 1, -1));
        Assert.Throws<ArgumentException>("word", () => new Noun(" ", 1));
        Assert.Throws<OperationCanceledException>(() => NounLabelling.Label(
            new ushort[4], grid, attention, [new("cat", 1)], NounVoting.Mean, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_noun_that_nobody_attends_to_is_an_error()
    {
        CrossAttentionAggregator aggregator = new([new(1, 1, 1, 3)]);
        aggregator.Add(0, [1, 0, 0]);
        AttentionException error = Assert.Throws<AttentionException>(() => NounLabelling.Label(
            new ushort[1], MaskGrid.Whole(1, 1, 1, 1), aggregator.Aggregate(), [new("cat", 0), new("dog", 2)]));
        Assert.Contains("No pixel attends to the noun \"dog\" (tokens 2)", error.Message);
    }

    // Four places in a row: the outer two attend to token 0 or 2 most, the second to token 1, tokens 3 and 4 to nothing much.
    private static CrossAttention TwoPlaces()
    {
        CrossAttentionAggregator aggregator = new([new(1, 1, 4, 5)]);
        aggregator.Add(0, [
            0.8f, 0.1f, 0.05f, 0.03f, 0.02f,
            0.1f, 0.8f, 0.05f, 0.03f, 0.02f,
            0.8f, 0.1f, 0.05f, 0.03f, 0.02f,
            0.1f, 0.1f, 0.75f, 0.03f, 0.02f,
        ]);
        return aggregator.Aggregate();
    }
}
