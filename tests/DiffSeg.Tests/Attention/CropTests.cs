using CsCheck;
using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Attention;

public class CropTests
{
    [Fact]
    public void Keeps_the_attention_among_the_window_and_renormalises() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[1, 4], Gen.Int[1, 5]).Sample((top, left, height, width) =>
        {
            using AggregatedAttention whole = RandomAttention.Aggregate(1, [new(1, 7, 9)]);
            using AggregatedAttention cropped = whole.Crop(new TokenWindow(top, left, height, width));
            Assert.Equal((height, width), (cropped.Height, cropped.Width));
            for (int i = 0; i < cropped.Tokens; i++)
            {
                Assert.Equal(1, cropped.Map(i).ToArray().Sum(), 1e-5f);
                ReadOnlySpan<float> map = whole.Map(Token(i));
                double share = Enumerable.Range(0, cropped.Tokens).Sum(k => (double)whole.Map(Token(i))[Token(k)]);
                for (int k = 0; k < cropped.Tokens; k++)
                {
                    Assert.Equal(map[Token(k)] / share, cropped.Map(i)[k], 1e-6);
                }
            }

            int Token(int i) => ((top + (i / width)) * 9) + left + (i % width);
        });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Threads_and_size_make_no_difference(int degree)
    {
        // 48 x 48 tokens, of which 44 x 47 are kept: large enough for streaming stores, which a small crop does not use.
        using AggregatedAttention whole = RandomAttention.Aggregate(2, [new(1, 48, 48)], new() { MaxDegreeOfParallelism = degree });
        TokenWindow window = new(3, 1, 44, 47);
        using AggregatedAttention cropped = whole.Crop(window);
        float[] shown = new float[window.Tokens];
        for (int i = 0; i < window.Tokens; i++)
        {
            for (int k = 0; k < window.Tokens; k++)
            {
                shown[k] = whole.Map(Token(i))[Token(k)];
            }

            float share = 1 / RowSum.Scalar(shown, out _);
            Assert.Equal(shown.Select(v => v * share), cropped.Map(i).ToArray());
        }

        static int Token(int i) => ((3 + (i / 47)) * 48) + 1 + (i % 47);
    }

    [Theory]
    [InlineData(-1, 0, 2, 2)]
    [InlineData(0, 0, 0, 2)]
    [InlineData(3, 0, 2, 2)]
    [InlineData(0, 3, 2, int.MaxValue)]
    public void A_window_outside_the_map_is_an_error(int top, int left, int height, int width)
    {
        using AggregatedAttention whole = RandomAttention.Aggregate(1, [new(1, 4, 4)]);
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(
            () => whole.Crop(new TokenWindow(top, left, height, width)));
        Assert.Contains("inside the map of 4x4 tokens", error.Message);
    }

    [Fact]
    public void A_token_that_attends_to_nothing_in_the_window_is_an_error()
    {
        float[] identity = new float[81];
        for (int i = 0; i < 9; i++)
        {
            identity[(i * 9) + ((i + 1) % 9)] = 1;
        }

        AttentionAggregator aggregator = new([new(1, 3, 3)]);
        aggregator.Add(0, identity);
        using AggregatedAttention attention = aggregator.Aggregate();
        Assert.Throws<AttentionException>(() => attention.Crop(new TokenWindow(0, 0, 1, 1)));
    }
}
