using CsCheck;

namespace DiffSeg.Tests.Numerics;

public class JeffreysDistanceTests
{
    [Fact]
    public void Of_a_map_to_itself_is_exactly_0()
    {
        float[] map = RandomMap(1, 100, 20);
        Assert.Equal(0, JeffreysDistance.Accurate(map, map));
        Assert.Equal(0, Fast(map, map));
    }

    [Fact]
    public void Of_two_known_maps_is_the_formula()
    {
        // 1/2 ((0.25 - 0.5) ln 0.5 + (0.75 - 0.5) ln 1.5) = 1/8 (ln 2 + ln 1.5)
        double distance = JeffreysDistance.Accurate([0.25f, 0.75f], [0.5f, 0.5f]);
        Assert.Equal(Math.Log(3) / 8, distance, 1e-15);
    }

    [Fact]
    public void Single_precision_stays_within_half_the_uncertainty() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 300], Gen.Double[0, 80]).Sample((seed, tokens, peak) =>
        {
            float[] x = RandomMap(seed, tokens, peak);
            float[] y = RandomMap(seed + 1, tokens, peak);
            double exact = JeffreysDistance.Accurate(x, y);
            Assert.InRange(Math.Abs(Fast(x, y) - exact), 0, JeffreysDistance.Uncertainty(exact, 1) / 2);
        }, iter: 2000);

    [Fact]
    public void Means_over_cells_never_raise_it() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 12], Gen.Int[1, 12], Gen.Double[0, 80]).Sample((seed, rows, columns, peak) =>
        {
            float[] x = RandomMap(seed, 4 * rows * columns, peak);
            float[] y = RandomMap(seed + 1, 4 * rows * columns, peak);
            float[] cellsX = new float[rows * columns];
            float[] cellsY = new float[rows * columns];
            Halving.Means(x, 2 * columns, cellsX);
            Halving.Means(y, 2 * columns, cellsY);
            double whole = JeffreysDistance.Accurate(x, y);
            double bound = 4 * JeffreysDistance.Accurate(cellsX, cellsY);
            Assert.True(bound <= whole + JeffreysDistance.Uncertainty(whole, 1), $"{bound} > {whole}");
        }, iter: 1000);

    [Fact]
    public void Values_too_small_for_a_normal_number_count_as_the_smallest()
    {
        double distance = JeffreysDistance.Accurate([0, 1], [JeffreysDistance.Smallest, 1]);
        Assert.Equal(0, distance);
        Assert.True(double.IsFinite(JeffreysDistance.Accurate([0, 1], [1, 0])));
    }

    private static double Fast(float[] x, float[] y)
    {
        LogRows maps = new();
        maps.Reset(4, x.Length);
        x.CopyTo(maps.Values(0));
        for (int i = 1; i < JeffreysTile.Maps; i++)
        {
            y.CopyTo(maps.Values(i));
            maps.TakeLogs(i);
        }

        maps.TakeLogs(0);
        float[] sums = new float[16];
        JeffreysTile.Sums(maps, [0, 0, 0, 0], maps, 0, 0, maps.Padded, sums);
        return sums[1] / 2;
    }

    // From even (peak 0) to almost all in one place (peak 80: values down to 1e-35).
    private static float[] RandomMap(int seed, int tokens, double peak)
    {
        Random random = new(seed);
        double[] values = [.. Enumerable.Range(0, tokens).Select(_ => Math.Exp(-peak * random.NextDouble()))];
        return [.. values.Select(v => (float)(v / values.Sum()))];
    }
}
