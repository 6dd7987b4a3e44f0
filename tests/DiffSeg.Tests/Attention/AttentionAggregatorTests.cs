using CsCheck;
using DiffSeg.Tests.Numerics;
using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Attention;

public class AttentionAggregatorTests
{
    private static readonly AttentionShape[] Ladder = [new(2, 8, 8), new(2, 8, 8), new(2, 4, 4), new(1, 2, 2)];

    [Fact]
    public void Each_map_sums_to_1()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(1, Ladder);
        for (int i = 0; i < attention.Tokens; i++)
        {
            Assert.Equal(1, attention.Map(i).ToArray().Sum(v => (double)v), 1e-6);
        }
    }

    [Fact]
    public void Raw_heads_layers_resolutions_and_the_aggregate_itself_give_the_same()
    {
        AttentionShape[] raw = [new(4, 8, 8), new(4, 8, 8), new(4, 4, 4)];
        float[][] tensors = RandomAttention.Ladder(3, raw);
        float[][] layers = [.. raw.Zip(tensors, MeanOfHeads)];
        float[] resolution = [.. layers[0].Zip(layers[1], (a, b) => (a + b) / 2)];
        using AggregatedAttention expected = Aggregate(raw, tensors);
        using AggregatedAttention ofLayers = Aggregate([new(1, 8, 8), new(1, 8, 8), new(1, 4, 4)], layers);
        using AggregatedAttention ofResolutions = Aggregate([new(1, 8, 8), new(1, 4, 4)], [resolution, layers[2]]);
        using AggregatedAttention ofAggregate = Aggregate([new(1, 8, 8)], [expected.Values.ToArray()]);
        for (int i = 0; i < expected.Values.Length; i++)
        {
            float value = expected.Values[i];
            Assert.Equal(value, ofLayers.Values[i], 1e-6f * value);
            Assert.Equal(value, ofResolutions.Values[i], 1e-6f * value);
            Assert.Equal(value, ofAggregate.Values[i], 1e-6f * value);
        }
    }

    [Fact]
    public void Tensors_may_come_in_any_order_of_resolutions()
    {
        float[][] tensors = RandomAttention.Ladder(4, Ladder);
        AttentionAggregator aggregator = new([Ladder[3], Ladder[2], Ladder[0]]);
        aggregator.Add(2, tensors[0]);
        aggregator.Add(0, tensors[3]);
        aggregator.Add(1, tensors[2]);
        using AggregatedAttention shuffled = aggregator.Aggregate();
        using AggregatedAttention ordered = Aggregate([Ladder[0], Ladder[2], Ladder[3]], [tensors[0], tensors[2], tensors[3]]);
        Assert.Equal(ordered.Values.ToArray(), shuffled.Values.ToArray());
        Assert.Equal((8, 8), (aggregator.Height, aggregator.Width));
    }

    [Fact]
    public void Heads_in_another_order_change_rounding_only() =>
        Gen.Int[0, 10_000].Sample(seed =>
        {
            AttentionShape shape = new(3, 5, 4);
            float[] tensor = RandomAttention.Tensor(seed, shape);
            int head = tensor.Length / 3;
            float[] rotated = [.. tensor[head..], .. tensor[..head]];
            using AggregatedAttention a = Aggregate([shape], [tensor]);
            using AggregatedAttention b = Aggregate([shape], [rotated]);
            for (int i = 0; i < a.Values.Length; i++)
            {
                Assert.Equal(a.Values[i], b.Values[i], 5e-7f * a.Values[i]);
            }
        }, iter: 20);

    [Fact]
    public void Weights_are_normalised_unless_told_otherwise()
    {
        AttentionShape[] shapes = [new(1, 8, 8), new(1, 4, 4)];
        using AggregatedAttention normalised = RandomAttention.Aggregate(5, shapes, new() { Weights = [1, 3] });
        using AggregatedAttention asGiven = RandomAttention.Aggregate(5, shapes, new() { Weights = [1, 3], NormalizeWeights = false });
        Assert.Equal(1, normalised.Map(7).ToArray().Sum(), 1e-5f);
        Assert.Equal(4, asGiven.Map(7).ToArray().Sum(), 1e-5f);
        Assert.Equal(4 * normalised.Values[9], asGiven.Values[9], 1e-6f);
    }

    [Fact]
    public void A_weight_of_0_leaves_a_resolution_out()
    {
        AttentionShape[] shapes = [new(1, 8, 8), new(1, 4, 4)];
        using AggregatedAttention weighted = RandomAttention.Aggregate(6, shapes, new() { Weights = [1, 0] });
        using AggregatedAttention alone = Aggregate([shapes[0]], [RandomAttention.Tensor(6, shapes[0])]);
        Assert.Equal(alone.Values.ToArray(), weighted.Values.ToArray());
    }

    [Fact]
    public void One_aggregator_serves_image_after_image_and_its_results_stay_apart()
    {
        AttentionAggregator aggregator = new(Ladder);
        AggregatedAttention[] images = [.. Enumerable.Range(0, 3).Select(seed =>
        {
            float[][] tensors = RandomAttention.Ladder(seed, Ladder);
            for (int i = 0; i < tensors.Length; i++)
            {
                aggregator.Add(i, tensors[i]);
            }

            return aggregator.Aggregate();
        })];
        for (int seed = 0; seed < images.Length; seed++)
        {
            using AggregatedAttention alone = RandomAttention.Aggregate(seed, Ladder);
            Assert.Equal(alone.Values.ToArray(), images[seed].Values.ToArray());
        }
    }

    [Fact]
    public void Buffers_are_reused_from_image_to_image()
    {
        AttentionShape[] shapes = [new(2, 24, 24), new(1, 12, 12)];
        float[][] tensors = RandomAttention.Ladder(1, shapes);
        AttentionAggregator aggregator = new(shapes, new AggregationOptions { MaxDegreeOfParallelism = 1 });

        // One image's aggregate alone is 1.3 MB, and its crop 0.9.
        Assert.InRange(Allocation.OnceWarm(Image), 0, 10_000);

        void Image()
        {
            aggregator.Add(0, tensors[0]);
            aggregator.Add(1, tensors[1]);
            using AggregatedAttention whole = aggregator.Aggregate();
            using AggregatedAttention shown = whole.Crop(new TokenWindow(2, 0, 20, 24));
        }
    }

    [Fact]
    public void A_disposed_aggregate_says_so()
    {
        AggregatedAttention attention = RandomAttention.Aggregate(1, Ladder);
        attention.Dispose();
        attention.Dispose();
        Assert.Throws<ObjectDisposedException>(() => attention.Map(0).Length);
        Assert.Throws<ObjectDisposedException>(() => attention.Crop(new TokenWindow(0, 0, 2, 2)));
    }

    private static AggregatedAttention Aggregate(AttentionShape[] shapes, float[][] tensors) =>
        AggregatedAttention.FromTensors([.. shapes.Zip(tensors, (s, t) => (s, (ReadOnlyMemory<float>)t))]);

    private static float[] MeanOfHeads(AttentionShape shape, float[] tensor)
    {
        int head = tensor.Length / shape.Heads;
        return [.. Enumerable.Range(0, head).Select(i => Enumerable.Range(0, shape.Heads).Average(h => tensor[(h * head) + i]))];
    }
}
