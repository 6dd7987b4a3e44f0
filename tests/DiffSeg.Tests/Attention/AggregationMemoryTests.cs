using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Attention;

/// <summary>What an image costs in memory, once the aggregator is warm: the small object that is the result.</summary>
[Collection(Alone.Name)]
public class AggregationMemoryTests
{
    private static readonly AttentionShape[] Shapes = [new(1, 6, 6), new(2, 12, 12), new(1, 24, 24), new(2, 24, 24)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_image_allocates_its_result_object_only(int degree)
    {
        float[][] tensors = RandomAttention.Ladder(1, Shapes);
        AttentionAggregator aggregator = new(Shapes, new AggregationOptions { MaxDegreeOfParallelism = degree });
        TokenWindow[] windows = [new(0, 0, 24, 24), new(2, 0, 20, 24), new(0, 5, 24, 13)];
        long least = long.MaxValue;
        for (int image = 0; image < 60; image++)
        {
            aggregator.Window = windows[image % 3];
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < tensors.Length; i++)
            {
                aggregator.Add(i, tensors[i]);
            }

            aggregator.Aggregate().Dispose();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.InRange(least, 1, 200);
    }

    [Fact]
    public void Maps_of_2_to_the_28_values_are_within_reach()
    {
        const int Side = 128;
        const int Tokens = Side * Side;
        Assert.SkipUnless(
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > 8L << 30, "Two arrays of 1 GiB want a machine of more than 8 GiB.");

        // Every token attends to itself most and to all others alike; the coarse level evenly to all.
        float[] finest = new float[Tokens * Tokens];
        finest.AsSpan().Fill(0.5f / Tokens);
        for (int i = 0; i < Tokens; i++)
        {
            finest[(i * Tokens) + i] = 0.5f + (0.5f / Tokens);
        }

        float[] coarse = new float[16 * 16 * 16 * 16];
        coarse.AsSpan().Fill(1f / 256);
        AttentionAggregator aggregator = new([new(1, 16, 16), new(1, Side, Side)], new() { Weights = [0.5f, 0.5f] });
        aggregator.Add(0, coarse);
        aggregator.Add(1, finest);
        using AggregatedAttention attention = aggregator.Aggregate();
        foreach (int token in (int[])[0, 1, 9_000, Tokens - 1])
        {
            ReadOnlySpan<float> map = attention.Map(token);
            Assert.Equal(0.25 + (0.75 / Tokens), map[token], 1e-5);
            Assert.Equal(0.75 / Tokens, map[(token + 77) % Tokens], 1e-8);
        }

        using AggregatedAttention cropped = attention.Crop(new TokenWindow(Side - 2, Side - 2, 2, 2));
        Assert.Equal(cropped.Map(3)[3], cropped.Map(0)[0], 1e-6f);
    }
}
