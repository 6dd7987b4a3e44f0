namespace DiffSeg.Tests.Numerics;

public class JeffreysColumnsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(81)]
    public void Names_the_anchors_within_the_limit(int cells)
    {
        const int Count = 64;
        Random random = new(cells);
        float[] values = [.. Enumerable.Range(0, cells * Count).Select(_ => random.NextSingle() + 0.01f)];
        float[] logs = [.. values.Select(v => MathF.Log(v))];
        LogRows maps = new();
        maps.Reset(2, cells);
        for (int map = 0; map < 2; map++)
        {
            for (int i = 0; i < cells; i++)
            {
                maps.Values(map)[i] = random.NextSingle() + 0.01f;
            }

            maps.TakeLogs(map);
        }

        double[] sums = [.. Enumerable.Range(0, 2 * Count).Select(pair => Enumerable.Range(0, cells).Sum(i =>
            (double)(values[(i * Count) + (pair % Count)] - maps.Values(pair / Count)[i])
            * (logs[(i * Count) + (pair % Count)] - maps.Logs(pair / Count)[i])))];

        // Half-way between two sums, so that no rounding can matter.
        double[] sorted = [.. sums.Order()];
        float limit = (float)((sorted[Count] + sorted[Count + 1]) / 2);
        values[37] = float.NaN;
        for (int first = 0; first < Count; first += JeffreysColumns.Anchors)
        {
            (uint one, uint other) = JeffreysColumns.Within(values, logs, Count, first, maps, 0, limit);
            Assert.Equal(Expected(0, first), one);
            Assert.Equal(Expected(Count, first), other);
            Assert.Equal(one, JeffreysColumns.Scalar(values, logs, Count, first, maps, 0, limit));
            Assert.Equal(other, JeffreysColumns.Scalar(values, logs, Count, first, maps, 1, limit));
        }

        uint Expected(int map, int first) => (uint)Enumerable.Range(0, 32)
            .Sum(i => first + i != 37 && sums[map + first + i] <= limit ? 1L << i : 0);
    }
}
