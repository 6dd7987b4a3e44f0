using DiffSeg.Pictures;
using DiffSeg.Tests.Baselines;
using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Points;

public class AttentionAtTests
{
    [Fact]
    public void At_a_tokens_centre_it_is_the_tokens_map()
    {
        using SegmentationSession session = Open(new MaskGrid(24, 40, 0, 0, 8, 8));

        // 3 rows and 5 columns of pixels a token.
        AttentionMap map = session.AttentionAt(x: (5 * 6) + 2, y: (3 * 2) + 1);

        Assert.Equal(session.Attention.Map((2 * 8) + 6).ToArray(), map.Values.ToArray());
        Assert.Equal((8, 8, session.Grid, (32, 7)), (map.Height, map.Width, map.Grid, map.Point!.Value));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(29, 49)]
    [InlineData(3, 20)]
    [InlineData(17, 31)]
    public void Between_tokens_it_is_the_bilinear_mix_of_their_maps(int x, int y)
    {
        // A picture that begins and ends between tokens.
        MaskGrid grid = new(50, 30, 0.7, -0.4, 6.9, 8.8);
        using SegmentationSession session = Open(grid);
        double row = Math.Clamp(grid.Top + ((y + 0.5) * grid.SpanHeight / 50) - 0.5, 0, 7);
        double column = Math.Clamp(grid.Left + ((x + 0.5) * grid.SpanWidth / 30) - 0.5, 0, 7);
        double[] expected = new double[64];
        for (int token = 0; token < 64; token++)
        {
            double weight = Math.Max(0, 1 - Math.Abs((token / 8) - row)) * Math.Max(0, 1 - Math.Abs((token % 8) - column));
            for (int i = 0; i < 64; i++)
            {
                expected[i] += weight * session.Attention.Map(token)[i];
            }
        }

        AttentionMap map = session.AttentionAt(x, y);

        Assert.All(Enumerable.Range(0, 64), i => Assert.Equal(expected[i], map.Values[i], 1e-6));
        Assert.Equal(1, map.Values.ToArray().Sum(), 1e-5);
    }

    [Fact]
    public void The_picture_comes_along()
    {
        Picture picture = RandomPicture.Create(1, 24, 40);
        using SegmentationSession session = Open(new MaskGrid(24, 40, 0, 0, 8, 8), picture);
        Assert.Same(picture, session.AttentionAt(0, 0).Picture);
    }

    [Theory]
    [InlineData(-1, 0, "x", "0 to 39")]
    [InlineData(40, 0, "x", "0 to 39")]
    [InlineData(0, -1, "y", "0 to 23")]
    [InlineData(0, 24, "y", "0 to 23")]
    public void A_spot_outside_the_picture_is_refused(int x, int y, string name, string range)
    {
        using SegmentationSession session = Open(new MaskGrid(24, 40, 0, 0, 8, 8));
        var error = Assert.Throws<ArgumentOutOfRangeException>(name, () => session.AttentionAt(x, y));
        Assert.Contains(range, error.Message);
        Assert.Contains("40 x 24 pixels", error.Message);
    }

    [Fact]
    public void A_disposed_session_answers_no_more()
    {
        SegmentationSession session = Open(new MaskGrid(24, 40, 0, 0, 8, 8));
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.AttentionAt(1, 1));
    }

    private static SegmentationSession Open(MaskGrid grid, Picture? picture = null) =>
        new(RandomAttention.Aggregate(3, [new(1, 8, 8)]), grid, picture: picture);
}
