using CsCheck;

namespace DiffSeg.Tests.Merging;

public class SamplingGridTests
{
    [Fact]
    public void Sixteen_on_64_are_every_fourth_from_1_to_61()
    {
        int[] anchors = SamplingGrid.Anchors(64, 64, 16);
        Assert.Equal(256, anchors.Length);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => 64 + 1 + (4 * i)), anchors.Take(16));
        Assert.Equal((61 * 64) + 61, anchors[^1]);
    }

    [Fact]
    public void One_per_token_takes_every_token() =>
        Assert.Equal(Enumerable.Range(0, 64), SamplingGrid.Anchors(8, 8, 8));

    [Fact]
    public void A_shorter_axis_is_sampled_at_every_token()
    {
        Assert.Equal([0, 2, 4, 6, 7, 9, 11, 13], SamplingGrid.Anchors(2, 7, 4));
        Assert.Equal([0, 3], SamplingGrid.Anchors(1, 4, 2));
    }

    [Fact]
    public void Anchors_lie_on_the_map_in_even_steps_and_in_its_middle() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[2, 70], Gen.Int[2, 70]).Where((h, w, n) => n <= Math.Max(h, w)).Sample((height, width, perSide) =>
        {
            int[] anchors = SamplingGrid.Anchors(height, width, perSide);
            Assert.Equal(anchors.Order().Distinct(), anchors);
            Check([.. anchors.Select(a => a / width).Distinct()], height, Math.Min(perSide, height));
            Check([.. anchors.Select(a => a % width).Distinct()], width, Math.Min(perSide, width));
        });

    [Theory]
    [InlineData(65)]
    [InlineData(1000)]
    public void More_anchors_than_tokens_are_an_error(int perSide)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => SamplingGrid.Anchors(64, 64, perSide));
        Assert.StartsWith(
            $"AnchorsPerSide is {perSide}, but the attention map has only 64x64 tokens; it must be from 2 to 64.",
            error.Message);
    }

    [Theory]
    [InlineData(0, 8, 4, "height")]
    [InlineData(8, 0, 4, "width")]
    [InlineData(8, 8, 1, "perSide")]
    public void A_grid_that_cannot_be_is_an_error(int height, int width, int perSide, string argument) =>
        Assert.Throws<ArgumentOutOfRangeException>(argument, () => SamplingGrid.Anchors(height, width, perSide));

    private static void Check(int[] axis, int tokens, int anchors)
    {
        Assert.Equal(anchors, axis.Length);
        Assert.InRange(axis[0], 0, axis[^1]);
        int before = axis[0];
        int after = tokens - 1 - axis[^1];
        Assert.InRange(after - before, 0, 1);
        Assert.True(axis.Length < 2 || axis.Zip(axis.Skip(1), (a, b) => b - a).Distinct().Count() == 1);
    }
}
