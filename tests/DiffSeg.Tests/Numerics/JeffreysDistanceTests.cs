namespace DiffSeg.Tests.Numerics;

public class JeffreysDistanceTests
{
    [Fact]
    public void Of_a_map_to_itself_is_exactly_0()
    {
        float[] map = RandomMap(1, 100, 20);
        Assert.Equal(0, JeffreysDistance.Accurate(map, map));
    }

    [Fact]
    public void Of_two_known_maps_is_the_formula()
    {
        // 1/2 ((0.25 - 0.5) ln 0.5 + (0.75 - 0.5) ln 1.5) = 1/8 (ln 2 + ln 1.5)
        double distance = JeffreysDistance.Accurate([0.25f, 0.75f], [0.5f, 0.5f]);
        Assert.Equal(Math.Log(3) / 8, distance, 1e-15);
    }

    [Fact]
    public void Values_too_small_for_a_normal_number_count_as_the_smallest()
    {
        double distance = JeffreysDistance.Accurate([0, 1], [JeffreysDistance.Smallest, 1]);
        Assert.Equal(0, distance);
        Assert.True(double.IsFinite(JeffreysDistance.Accurate([0, 1], [1, 0])));
    }

    // From even (peak 0) to almost all in one place (peak 80: values down to 1e-35).
    private static float[] RandomMap(int seed, int tokens, double peak)
    {
        Random random = new(seed);
        double[] values = [.. Enumerable.Range(0, tokens).Select(_ => Math.Exp(-peak * random.NextDouble()))];
        return [.. values.Select(v => (float)(v / values.Sum()))];
    }
}
