using CsCheck;

namespace DiffSeg.Tests.Merging;

/// <summary>
/// The bounds of the pyramid never settle a pair wrongly: every decision is that of the accurate distance of the whole
/// maps, over maps made to make the bounds err.
/// </summary>
public class PruningTests
{
    private const int Maps = 24;

    public static TheoryData<int, int> Sizes => new() { { 64, 64 }, { 32, 32 }, { 64, 96 }, { 128, 128 }, { 48, 20 }, { 17, 13 }, { 64, 43 }, { 8, 8 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void No_match_is_lost_and_none_is_made_up(int height, int width) =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[0, HardMaps.Kinds - 1], Gen.Double[0, 1]).Sample((seed, kind, place) =>
        {
            Random random = new(seed);
            MapRows maps = HardMaps.Create(random, kind, Maps, height, width);
            int[] anchors = [0, 7, 8, 23];
            double[] distances = [.. anchors.SelectMany(a => Enumerable.Range(0, Maps)
                .Select(m => JeffreysDistance.Accurate(maps.Row(a), maps.Row(m))))];

            // Near one of the distances, where decisions are tight.
            double[] sorted = [.. distances.Where(d => d > 0).Order()];
            double chosen = sorted.Length == 0 ? 1 : sorted[(int)(place * (sorted.Length - 1))];
            foreach (float threshold in (float[])[(float)chosen, (float)(chosen * 1.0001), (float)(chosen * 0.9)])
            {
                MatchMatrix matches = new();
                new MapMatcher().Match(
                    maps, anchors, anchors.Length, threshold, new MatchSettings(ZeroAttention.Clamp, 1), matches, default);
                for (int i = 0; i < distances.Length; i++)
                {
                    Assert.True(
                        matches[i / Maps, i % Maps] == (distances[i] < threshold),
                        $"Anchor {anchors[i / Maps]} and map {i % Maps}: {distances[i]} against {threshold}.");
                }
            }
        }, iter: height * width > 8192 ? 8 : 40);

    /// <summary>As many maps as tokens are compared in another order than they lie in, and by several threads.</summary>
    [Theory]
    [InlineData(16, 24, 1)]
    [InlineData(16, 24, 3)]
    [InlineData(24, 16, 3)]
    [InlineData(12, 9, 3)]
    public void Maps_of_all_tokens_find_their_matches(int height, int width, int degree)
    {
        Random random = new(height);
        int tokens = height * width;
        float[] values = [.. Enumerable.Range(0, tokens).SelectMany(_ => HardMaps.Hills(random, height, width, 0.5))];

        // Some maps are not there, some hold a 0.
        values.AsSpan(5 * tokens, tokens).Fill(float.NaN);
        values.AsSpan(90 * tokens, tokens).Fill(float.NaN);
        values[(70 * tokens) + 3] = 0;
        values[(17 * tokens) + 4] = 0;
        MapRows maps = new(values, tokens, height, width, Mass: 1);
        int[] anchors = [0, 17, 5, .. Enumerable.Range(50, 40)];
        MatchMatrix matches = new();
        Assert.Equal(Enumerable.Range(0, tokens), Enumerable.Range(0, tokens).Select(new MapOrder(maps).MapAt).Order());
        Assert.All(Enumerable.Range(0, tokens), map => Assert.Equal(map, new MapOrder(maps).MapAt(new MapOrder(maps).PlaceOf(map))));
        new MapMatcher().Match(
            maps, anchors, anchors.Length, 0.6f, new MatchSettings(ZeroAttention.MatchesNothing, degree), matches, default);
        int found = 0;
        for (int i = 0; i < anchors.Length; i++)
        {
            for (int map = 0; map < tokens; map++)
            {
                bool excluded = PreparedMaps.IsExcluded(maps.Row(map), ZeroAttention.MatchesNothing)
                    || PreparedMaps.IsExcluded(maps.Row(anchors[i]), ZeroAttention.MatchesNothing);
                bool expected = !excluded && JeffreysDistance.Accurate(maps.Row(anchors[i]), maps.Row(map)) < 0.6f;
                Assert.Equal(expected, matches[i, map]);
                found += expected ? 1 : 0;
            }
        }

        Assert.InRange(found, tokens, anchors.Length * tokens / 2);
    }

    [Fact]
    public void A_zero_of_either_sign_excludes_a_map_unless_zeros_are_clamped()
    {
        for (int place = 0; place < 70; place++)
        {
            float[] map = [.. Enumerable.Repeat(1f, 70)];
            Assert.False(PreparedMaps.IsExcluded(map, ZeroAttention.MatchesNothing));
            foreach (float zero in (float[])[0f, -0f])
            {
                map[place] = zero;
                Assert.True(PreparedMaps.IsExcluded(map, ZeroAttention.MatchesNothing));
                Assert.False(PreparedMaps.IsExcluded(map, ZeroAttention.Clamp));
            }
        }
    }
}
