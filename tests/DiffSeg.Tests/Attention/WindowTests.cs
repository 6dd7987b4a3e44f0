using CsCheck;
using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Attention;

/// <summary>Aggregating a window is aggregating all and cropping, bit for bit.</summary>
public class WindowTests
{
    private static readonly AttentionShape[][] Ladders =
    [
        [new(1, 8, 12), new(1, 4, 6), new(2, 2, 3)],
        [new(1, 8, 12), new(3, 8, 12), new(1, 4, 6)],
        [new(2, 8, 12)],
        [new(1, 3, 5), new(1, 8, 12)],
    ];

    [Fact]
    public void Gives_the_bits_of_a_crop() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 7], Gen.Int[0, 11], Gen.Int[1, 8], Gen.Int[1, 12], Gen.Bool)
            .Sample((ladder, top, left, height, width, finestFirst) =>
            {
                TokenWindow window = new(top, left, Math.Min(height, 8 - top), Math.Min(width, 12 - left));
                AttentionShape[] shapes = [.. Ladders[ladder].OrderBy(s => finestFirst ? -s.Tokens : s.Tokens)];
                float[][] tensors = RandomAttention.Ladder(ladder, shapes);
                using AggregatedAttention whole = Aggregate(new AttentionAggregator(shapes), tensors);
                using AggregatedAttention cropped = whole.Crop(window);
                using AggregatedAttention actual = Aggregate(new AttentionAggregator(shapes) { Window = window }, tensors);
                Assert.Equal((window.Height, window.Width), (actual.Height, actual.Width));
                float[] expected = window == new TokenWindow(0, 0, 8, 12) ? whole.Values.ToArray() : cropped.Values.ToArray();
                Assert.Equal(expected, actual.Values.ToArray());
            });

    [Fact]
    public void Every_image_may_have_another()
    {
        AttentionShape[] shapes = Ladders[0];
        float[][] tensors = RandomAttention.Ladder(1, shapes);
        AttentionAggregator aggregator = new(shapes);
        using AggregatedAttention whole = Aggregate(new AttentionAggregator(shapes), tensors);
        foreach (TokenWindow window in (TokenWindow[])[new(1, 0, 5, 12), new(0, 2, 8, 7), new(0, 0, 8, 12), new(7, 11, 1, 1), new(0, 2, 8, 7)])
        {
            aggregator.Window = window;
            using AggregatedAttention cropped = whole.Crop(window);
            using AggregatedAttention actual = Aggregate(aggregator, tensors);
            for (int i = 0; i < cropped.Values.Length; i++)
            {
                Assert.Equal(cropped.Values[i], actual.Values[i], 1e-6f);
            }
        }
    }

    [Fact]
    public void A_token_that_attends_to_nothing_in_the_window_is_named()
    {
        float[] identity = new float[81];
        for (int i = 0; i < 9; i++)
        {
            identity[(i * 9) + ((i + 1) % 9)] = 1;
        }

        AttentionAggregator aggregator = new([new(1, 3, 3)]) { Window = new TokenWindow(0, 1, 2, 1) };
        aggregator.Add(0, identity);
        AttentionException error = Assert.Throws<AttentionException>(aggregator.Aggregate);
        Assert.Equal(
            "Token 1 attends to nothing inside the window of 2x1 tokens at row 0, column 1; keep more of the map.",
            error.Message);
        aggregator.Window = new TokenWindow(0, 0, 3, 3);
        aggregator.Add(0, identity);
        using AggregatedAttention whole = aggregator.Aggregate();
        Assert.Equal(identity, whole.Values.ToArray());
    }

    [Fact]
    public void Bad_values_are_found_wherever_the_window_looks()
    {
        float[] tensor = RandomAttention.Tensor(1, new(1, 4, 4));
        tensor[(6 * 16) + 15] = float.NaN;
        AttentionAggregator aggregator = new([new(1, 4, 4)]) { Window = new TokenWindow(1, 1, 2, 2) };
        Assert.Equal(111, Assert.Throws<AttentionException>(() => aggregator.Add(0, tensor)).Index);
        aggregator.Window = new TokenWindow(2, 0, 2, 4);
        aggregator.Add(0, tensor);
        using AggregatedAttention attention = aggregator.Aggregate();
        Assert.All(attention.Values.ToArray(), v => Assert.True(v > 0));
    }

    [Fact]
    public void It_is_set_between_images_and_inside_the_map()
    {
        AttentionAggregator aggregator = new(Ladders[3]);
        Assert.Equal(new TokenWindow(0, 0, 8, 12), aggregator.Window);
        Assert.Contains(
            "inside the map of 8x12 tokens",
            Assert.Throws<ArgumentOutOfRangeException>(() => aggregator.Window = new TokenWindow(0, 0, 8, 13)).Message);
        aggregator.Add(0, RandomAttention.Tensor(1, Ladders[3][0]));
        Assert.Throws<InvalidOperationException>(() => aggregator.Window = new TokenWindow(0, 0, 8, 8));
        aggregator.Reset();
        aggregator.Window = new TokenWindow(0, 0, 8, 8);
        Assert.Equal((8, 12), (aggregator.Height, aggregator.Width));
    }

    private static AggregatedAttention Aggregate(AttentionAggregator aggregator, float[][] tensors)
    {
        for (int i = 0; i < tensors.Length; i++)
        {
            aggregator.Add(i, tensors[i]);
        }

        return aggregator.Aggregate();
    }
}
