using CsCheck;
using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Merging;

/// <summary>A table of distances finds what the matcher finds, pair by pair, at any threshold up to its ceiling.</summary>
public class DistanceTableTests
{
    public static TheoryData<int, int> Sizes => PruningTests.Sizes;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void It_finds_what_the_matcher_finds(int height, int width) =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[0, HardMaps.Kinds - 1], Gen.Double[0, 1]).Sample((seed, kind, place) =>
        {
            const int Count = 22;
            MapRows maps = HardMaps.Create(new Random(seed), kind, Count, height, width);
            int[] anchors = [0, 7, 8, 9, 21];
            double[] distances = [.. anchors.SelectMany(a => Enumerable.Range(0, Count)
                .Select(m => JeffreysDistance.Accurate(maps.Row(a), maps.Row(m)))).Where(d => d > 0).Order()];
            float chosen = distances.Length == 0 ? 1 : (float)distances[(int)(place * (distances.Length - 1))];
            foreach (ZeroAttention zeros in Enum.GetValues<ZeroAttention>())
            {
                MatchSettings settings = new(zeros, 1);
                DistanceTable table = new(anchors);
                table.Measure(maps, 1.5f * chosen, settings, default);
                Assert.Equal(1.5f * chosen, table.Ceiling);
                foreach (float threshold in (float[])[chosen, chosen * 1.0001f, chosen / 2, table.Ceiling])
                {
                    Equal(maps, anchors, table, threshold, settings);
                }
            }
        }, iter: height * width > 8192 ? 6 : 30);

    /// <summary>More maps than a word has bits, some that are not there or hold a 0, more anchors than are measured in one go.</summary>
    [Theory]
    [InlineData(24, 24, 576, 1)]
    [InlineData(16, 24, 40, 3)]
    [InlineData(12, 9, 30, 3)]
    [InlineData(96, 4, 30, 2)]
    public void All_tokens_find_what_they_find_in_the_matcher(int height, int width, int anchorCount, int degree)
    {
        Random random = new(height);
        int tokens = height * width;
        MapRows maps = HardMaps.Create(random, 1, tokens, height, width);
        maps.Values.AsSpan(5 * tokens, tokens).Fill(float.NaN);
        maps.Values.AsSpan(20 * tokens, 4 * tokens).Fill(float.NaN);
        maps.Values[(17 * tokens) + 4] = 0;
        maps = maps with { Mass = 1 };
        int[] anchors = [.. Enumerable.Range(0, tokens).Take(anchorCount)];
        foreach (ZeroAttention zeros in Enum.GetValues<ZeroAttention>())
        {
            MatchSettings settings = new(zeros, degree);
            DistanceTable table = new(anchors);
            table.Measure(maps, 0.7f, settings, default);
            foreach (float threshold in (float[])[0.7f, 0.3f, 0.001f])
            {
                Equal(maps, anchors, table, threshold, settings);
            }

            // Measured anew, higher.
            table.Measure(maps, float.PositiveInfinity, settings, default);
            Equal(maps, anchors, table, 2f, settings);
            Equal(maps, anchors, table, float.MaxValue, settings);
        }
    }

    [Fact]
    public void On_the_threshold_itself_the_accurate_sum_decides() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 99]).Sample((seed, other) =>
        {
            using AggregatedAttention attention = RandomAttention.Aggregate(seed, [new(1, 10, 10)]);
            double exact = JeffreysDistance.Accurate(attention.Map(0), attention.Map(other));
            DistanceTable table = new([0, other]);
            table.Measure(attention.Rows, 100, new MatchSettings(ZeroAttention.MatchesNothing, 1), default);
            foreach (float threshold in (float[])[(float)exact, MathF.BitIncrement((float)exact), MathF.BitDecrement((float)exact)])
            {
                MatchMatrix matches = new();
                table.Match(attention.Rows, threshold, 1, matches, default);
                Assert.Equal(exact < threshold, matches[0, other]);
                Assert.Equal(exact < threshold, matches[1, 0]);
            }
        }, iter: 100);

    [Fact]
    public void A_table_answers_only_what_it_was_measured_for()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(1, [new(1, 8, 8)]);
        MatchSettings settings = new(ZeroAttention.MatchesNothing, 1);
        DistanceTable table = new([0, 9]);
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Match(attention.Rows, 0.1f, 1, new MatchMatrix(), default));
        table.Measure(attention.Rows, 1, settings, default);
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Match(attention.Rows, 1.1f, 1, new MatchMatrix(), default));
        Assert.ThrowsAny<OperationCanceledException>(
            () => table.Measure(attention.Rows, 2, settings, new CancellationToken(canceled: true)));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Match(attention.Rows, 0.1f, 1, new MatchMatrix(), default));
    }

    private static void Equal(MapRows maps, int[] anchors, DistanceTable table, float threshold, MatchSettings settings)
    {
        MatchMatrix expected = new();
        MatchMatrix actual = new();
        new MapMatcher().Match(maps, anchors, anchors.Length, threshold, settings, expected, default);
        table.Match(maps, threshold, settings.MaxDegreeOfParallelism, actual, default);
        Assert.Equal((expected.Anchors, expected.Maps), (actual.Anchors, actual.Maps));
        for (int block = 0; block < expected.Blocks; block++)
        {
            Assert.True(
                expected.Block(block).SequenceEqual(actual.Block(block)),
                $"Block {block} at {threshold}, {settings.Zeros}: {string.Join(' ', expected.Block(block).ToArray())} against {string.Join(' ', actual.Block(block).ToArray())}.");
        }
    }
}
