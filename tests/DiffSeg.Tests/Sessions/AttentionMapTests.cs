namespace DiffSeg.Tests.Sessions;

public class AttentionMapTests
{
    private static readonly MaskGrid Grid = MaskGrid.Whole(2, 3, 20, 30);

    [Fact]
    public void A_map_keeps_a_copy_of_its_weights()
    {
        float[] weights = [0, 1, 2, 3, 4, 5];
        AttentionMap map = new(weights, 2, 3, Grid) { Point = (4, 5) };
        weights[0] = 9;
        Assert.Equal([0, 1, 2, 3, 4, 5], map.Values.ToArray());
        Assert.Equal((2, 3, Grid, (4, 5)), (map.Height, map.Width, map.Grid, map.Point!.Value));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-1f)]
    [InlineData(float.PositiveInfinity)]
    public void Weights_that_cannot_be_are_refused(float weight) =>
        Assert.Throws<ArgumentException>("values", () => new AttentionMap([0, 1, 2, 3, 4, weight], 2, 3, Grid));

    [Fact]
    public void Sizes_must_fit()
    {
        Assert.Throws<ArgumentException>("values", () => new AttentionMap([1, 2], 2, 3, Grid));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => new AttentionMap([], 0, 3, Grid));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => new AttentionMap([], 2, 0, Grid));
        Assert.Throws<ArgumentException>("grid", () => new AttentionMap(new float[6], 2, 3, MaskGrid.Whole(2, 3, 0, 1)));
    }
}
