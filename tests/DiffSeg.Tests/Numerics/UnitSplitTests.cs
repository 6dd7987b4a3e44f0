using CsCheck;

namespace DiffSeg.Tests.Numerics;

public class UnitSplitTests
{
    public static TheoryData<int, int> Sizes => new()
    {
        { 8, 8 }, { 64, 64 }, { 17, 13 }, { 3, 2 }, { 1, 9 }, { 16, 43 }, { 40, 24 }, { 72, 72 },
    };

    /// <summary>
    /// The sums that decide are within their margin of the distance, from the cells alone to all units, and so is the bound
    /// from the units' means.
    /// </summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Bounds_hold_from_the_units_to_the_last_rest(int height, int width) =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Double[0, 80]).Sample((seed, peak) =>
        {
            PreparedMaps maps = new(negateRoughness: false);
            maps.Reset(2, height, width);
            float[] x = RandomMap(seed, height * width, peak);
            float[] y = RandomMap(seed + 1, height * width, peak);
            maps.Set(0, x, ZeroAttention.Clamp);
            maps.Set(1, y, ZeroAttention.Clamp);
            double exact = 2 * JeffreysDistance.Accurate(x, y);
            double rounding = JeffreysDistance.Uncertainty(exact / 2, 1);

            double units = 64 * Sum(maps.Units.Values(0), maps.Units.Values(1), maps.Units.Logs(0), maps.Units.Logs(1));
            Assert.True(units <= exact + rounding, $"Units: {units} > {exact}.");

            double sum = 0;
            for (int chunk = 0; chunk < maps.Cells.Chunks; chunk++)
            {
                sum += 4 * Sum(
                    maps.Cells.Values(0, chunk), maps.Cells.Values(1, chunk), maps.Cells.Logs(0, chunk), maps.Cells.Logs(1, chunk));
            }

            double[] shares = [.. Enumerable.Range(0, maps.Units.Length).Select(unit =>
                (Roughness(maps, 0, unit).Values + Roughness(maps, 1, unit).Values)
                * (Roughness(maps, 0, unit).Logs + Roughness(maps, 1, unit).Logs))];
            rounding += 5e-6 * shares.Sum();
            for (int unit = 0; unit <= shares.Length; unit++)
            {
                Assert.InRange(sum, exact - rounding - shares[unit..].Sum(), exact + rounding + shares[unit..].Sum());
                if (unit < shares.Length)
                {
                    sum += Sum(
                        maps.Rests.Values(0, unit), maps.Rests.Values(1, unit), maps.Rests.Logs(0, unit), maps.Rests.Logs(1, unit));
                }
            }
        }, iter: 100);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Whole_units_are_split_as_parts_are(int height, int width)
    {
        float[] map = RandomMap(height, height * width, 20);
        (ChunkRows rests, ChunkRows cells, ChunkRows roughness, float[] means) whole = Room(height, width);
        (ChunkRows rests, ChunkRows cells, ChunkRows roughness, float[] means) part = Room(height, width);
        UnitSplit.Take(map, width, 0, whole.rests, whole.cells, whole.roughness, whole.means);
        for (int unit = 0; unit < means(part); unit++)
        {
            int perRow = (width + 7) / 8;
            UnitSplit.TakePart(
                map, width, unit / perRow * 8, unit % perRow * 8, unit, 0, part.rests, part.cells, part.roughness, part.means);
            Assert.Equal(part.means[unit], whole.means[unit], part.means[unit] * 1e-6);
            Same(part.rests, whole.rests, unit, 0, 64, 1e-5f);
            Same(part.cells, whole.cells, unit / 4, unit % 4 * 16, 16, 1e-5f);
            Same(part.roughness, whole.roughness, unit / 64, unit % 64, 1, 1e-5f);
        }

        static int means((ChunkRows, ChunkRows, ChunkRows, float[] Means) room) => room.Means.Length;
    }

    private static void Same(ChunkRows expected, ChunkRows actual, int chunk, int start, int count, float tolerance)
    {
        for (int i = start; i < start + count; i++)
        {
            Assert.Equal(expected.Values(0, chunk)[i], actual.Values(0, chunk)[i], tolerance);
            Assert.Equal(expected.Logs(0, chunk)[i], actual.Logs(0, chunk)[i], 10 * tolerance);
        }
    }

    private static (ChunkRows Rests, ChunkRows Cells, ChunkRows Roughness, float[] Means) Room(int height, int width)
    {
        int units = UnitSplit.Count(height, width);
        ChunkRows rests = new(rowsFirst: true);
        ChunkRows cells = new(rowsFirst: false);
        ChunkRows roughness = new(rowsFirst: false);
        rests.Reset(1, units);
        cells.Reset(1, (units + 3) / 4);
        roughness.Reset(1, (units + 63) / 64);
        return (rests, cells, roughness, new float[units]);
    }

    private static double Sum(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> logX, ReadOnlySpan<float> logY)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += ((double)x[i] - y[i]) * ((double)logX[i] - logY[i]);
        }

        return sum;
    }

    private static (double Values, double Logs) Roughness(PreparedMaps maps, int map, int unit) =>
        (maps.Roughness.Values(map, unit / 64)[unit % 64], maps.Roughness.Logs(map, unit / 64)[unit % 64]);

    // From even (peak 0) to almost all in one place (peak 80: values down to 1e-35).
    private static float[] RandomMap(int seed, int tokens, double peak)
    {
        Random random = new(seed);
        double[] values = [.. Enumerable.Range(0, tokens).Select(_ => Math.Exp(-peak * random.NextDouble()))];
        return [.. values.Select(v => (float)(v / values.Sum()))];
    }
}
