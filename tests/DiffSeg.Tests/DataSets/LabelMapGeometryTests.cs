using CsCheck;
using DiffSeg.DataSets;
using DiffSeg.Evaluation;

namespace DiffSeg.Tests.DataSets;

public class LabelMapGeometryTests
{
    [Theory]
    [InlineData(427, 640, 0, 106, 427)]
    [InlineData(640, 427, 106, 0, 427)]
    [InlineData(426, 640, 0, 107, 426)]
    [InlineData(315, 640, 0, 162, 315)]
    [InlineData(1024, 2048, 0, 512, 1024)]
    [InlineData(77, 77, 0, 0, 77)]
    [InlineData(1, 2, 0, 0, 1)]
    public void The_centre_square_begins_where_the_published_code_has_it(int height, int width, int top, int left, int side)
        => Assert.Equal((top, left, side, side), LabelMapGeometry.CentreSquare(512).Covered(height, width));

    [Theory]
    [InlineData(100, 200, 3, 4, 0, 33, 100, 133)]
    [InlineData(200, 100, 3, 4, 62, 0, 75, 100)]
    [InlineData(1, 1000, 9, 1, 0, 499, 1, 1)]
    public void Other_aspects_are_cut_out_too(
        int height, int width, int aspectHeight, int aspectWidth, int top, int left, int rows, int columns)
        => Assert.Equal(
            (top, left, rows, columns),
            new LabelMapGeometry { Crop = (aspectHeight, aspectWidth) }.Covered(height, width));

    [Fact]
    public void Every_pixel_shows_the_nearest_of_the_protocol()
        => Gen.Select(Gen.Int[1, 70], Gen.Int[1, 70], Gen.Int[1, 90], Gen.Bool).Sample((height, width, side, crop) =>
        {
            LabelMapGeometry geometry = crop ? LabelMapGeometry.CentreSquare(side) : new() { Size = (side, side) };
            ushort[] classes = [.. Enumerable.Range(0, height * width).Select(i => (ushort)i)];

            LabelMap map = geometry.Apply(new LabelMap(height, width, classes));

            // The formula as it is written down, in floating point.
            int rows = crop ? Math.Min(height, width) : height;
            int columns = crop ? Math.Min(height, width) : width;
            Assert.Equal((side, side), (map.Height, map.Width));
            for (int i = 0; i < side * side; i++)
            {
                int y = Math.Min((int)Math.Floor(((i / side) + 0.5) * rows / side), rows - 1) + ((height - rows) / 2);
                int x = Math.Min((int)Math.Floor(((i % side) + 0.5) * columns / side), columns - 1) + ((width - columns) / 2);
                Assert.Equal(classes[(y * width) + x], map.Classes[i]);
            }
        });

    [Fact]
    public void Own_pixels_are_left_alone()
    {
        var map = new LabelMap(2, 3, [1, 2, 3, 4, 5, 6]);

        Assert.Same(map, LabelMapGeometry.Original.Apply(map));
        Assert.Equal(new ushort[] { 1, 2, 4, 5 }, LabelMapGeometry.CentreSquare().Apply(map).Classes.ToArray());
    }

    [Fact]
    public void Sizes_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LabelMapGeometry.CentreSquare(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LabelMapGeometry { Crop = (1, 0) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LabelMapGeometry { Size = (1 << 20, 1 << 20) });
        Assert.Throws<ArgumentOutOfRangeException>(() => LabelMapGeometry.Original.Covered(0, 1));
        Assert.Throws<ArgumentNullException>(() => LabelMapGeometry.Original.Apply(null!));
    }
}
