using DiffSeg.Points;
using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Points;

/// <summary>The fast segment under a point against the plain one in double precision.</summary>
public class PointOracleTests
{
    private const double Near = 1e-3;

    public static TheoryData<int, int, int, double> Attentions => new()
    {
        { 1, 8, 8, 2.5 }, { 2, 9, 14, 4 }, { 3, 13, 5, 6 }, { 4, 16, 16, 5 }, { 5, 1, 7, 3 },
    };

    [Theory]
    [MemberData(nameof(Attentions))]
    public void Balanced_attention_is_doubly_stochastic(int seed, int height, int width, double contrast)
    {
        using AggregatedAttention attention = Attention(seed, height, width, contrast);
        int n = attention.Tokens;
        BalancedAttention balanced = new(attention, -1, default);
        Assert.InRange(balanced.Passes, 1, 20);

        // From one token a step goes out with probability 1, and from all of them it comes to each alike.
        float[] uniform = [.. Enumerable.Repeat(1f, n)];
        float[] after = new float[n];
        balanced.Step(uniform, after, -1, default);
        Assert.All(after, value => Assert.InRange(value, 1 - 1e-4f, 1 + 1e-4f));
        for (int i = 0; i < n; i++)
        {
            float[] one = new float[n];
            one[i] = 1;
            balanced.Step(one, after, -1, default);
            Assert.InRange(after.Sum(), 0.98f, 1.02f);
        }
    }

    [Theory]
    [MemberData(nameof(Attentions))]
    public void Steps_are_those_of_the_plain_chain(int seed, int height, int width, double contrast)
    {
        using AggregatedAttention attention = Attention(seed, height, width, contrast);
        BalancedAttention balanced = new(attention, -1, default);
        var plain = NaivePoints.Balance(attention, balanced.Passes);
        foreach (int token in new[] { 0, attention.Tokens / 3, attention.Tokens - 1 })
        {
            double[] expected = NaivePoints.Steps(attention, plain, token, 0.3, 40);
            float[] actual = MarkovMap.Create(balanced, token, 0.3f, 40, -1, default);
            Assert.All(Enumerable.Range(0, attention.Tokens), i => Assert.Equal(expected[i], actual[i], Near));
            Assert.True(actual.Distinct().Count() > 3);
        }
    }

    [Theory]
    [MemberData(nameof(Attentions))]
    public void The_flood_is_the_plain_one(int seed, int height, int width, double contrast)
    {
        Random random = new(seed);
        double[] map = [.. Enumerable.Range(0, height * width).Select(_ => (double)random.Next(10) + contrast)];
        int token = random.Next(map.Length);

        var flood = FloodedMap.Create([.. map.Select(v => (float)v)], height, width, token);

        Assert.Equal(NaivePoints.Flood(map, height, width, token), flood.Values.Select(v => (double)v));
        Assert.Equal(token, flood.Order[0]);
        Assert.Equal(Enumerable.Range(0, map.Length), flood.Order.Order());
        Assert.Equal(flood.Order.Select(i => flood.Values[i]).Order(), flood.Order.Select(i => flood.Values[i]));
    }

    [Theory]
    [InlineData(1, 8, 8, 2.5, false)]
    [InlineData(2, 9, 14, 4, false)]
    [InlineData(3, 13, 5, 6, true)]
    [InlineData(4, 16, 16, 5, true)]
    public void The_mask_is_the_plain_one(int seed, int height, int width, double contrast, bool connected)
    {
        AggregatedAttention attention = Attention(seed, height, width, contrast);
        MaskGrid grid = new(41, 57, 0.3, -0.2, height - 0.5, width + 0.4);
        using SegmentationSession session = new(attention, grid);
        PointPrompt[] points = [new(20, 11), new(50, 38), new(3, 30, Foreground: false)];
        var plain = NaivePoints.Balance(attention, new BalancedAttention(attention, -1, default).Passes);
        int[] tokens = [.. points.Select(p => NaivePoints.Token(grid, height, width, p.X, p.Y))];
        double[][] maps = [.. tokens.Select(token => NaivePoints.Steps(attention, plain, token, 0.3, 64))];
        double[][] floods = [.. tokens.Select((token, i) => NaivePoints.Flood(maps[i], height, width, token))];
        double[] limits = [.. points.Select((p, i) => NaivePoints.Limit(
            floods[i], maps[i], height, width, [.. tokens.Where((_, k) => points[k].Foreground != p.Foreground)]))];

        PointSegment segment = session.SegmentAt(points, new() { Connected = connected }, TestContext.Current.CancellationToken);

        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(limits[i], segment.Limits[i], Near));
        int compared = 0;
        bool[] inside = new bool[41 * 57];
        bool[] clear = new bool[41 * 57];
        for (int i = 0; i < inside.Length; i++)
        {
            double[] d = [.. points.Select((p, k) => NaivePoints.Distance(
                connected ? floods[k] : maps[k], limits[k], height, width, grid, p, i % 57, i / 57))];
            double fore = Math.Min(d[0], d[1]);
            inside[i] = fore <= 1 && fore < d[2];
            clear[i] = fore > 1 + Near || (fore < 1 - Near && Math.Abs(fore - d[2]) > Near) || points.Any(p => (p.Y * 57) + p.X == i);
            compared += clear[i] ? 1 : 0;
        }

        Assert.True(compared > 0.95 * inside.Length);
        bool[] kept = connected ? Reached(inside, points) : inside;
        for (int i = 0; i < inside.Length; i++)
        {
            Assert.True(!clear[i] || kept[i] == (segment.Labels[i] == 1), $"Pixel {i % 57}, {i / 57}");
        }
    }

    private static bool[] Reached(bool[] inside, PointPrompt[] points)
    {
        bool[] reached = new bool[inside.Length];
        Stack<int> open = new(points.Where(p => p.Foreground).Select(p => (p.Y * 57) + p.X));
        while (open.TryPop(out int i))
        {
            if (inside[i] && !reached[i])
            {
                reached[i] = true;
                foreach (int n in new[] { i - 57, i + 57, i % 57 > 0 ? i - 1 : -1, i % 57 < 56 ? i + 1 : -1 })
                {
                    if (n >= 0 && n < inside.Length)
                    {
                        open.Push(n);
                    }
                }
            }
        }

        return reached;
    }

    private static AggregatedAttention Attention(int seed, int height, int width, double contrast)
    {
        AttentionShape shape = new(1, height, width);
        return AggregatedAttention.FromTensors([(shape, RandomAttention.Tensor(seed, shape, 4, contrast))]);
    }
}
