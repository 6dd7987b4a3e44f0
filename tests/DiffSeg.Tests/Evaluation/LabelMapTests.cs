using DiffSeg.Evaluation;

namespace DiffSeg.Tests.Evaluation;

public class LabelMapTests
{
    [Fact]
    public void A_map_keeps_its_size_and_classes()
    {
        LabelMap map = new(2, 3, [4, 0, LabelMap.Ignored, 4, 4, 1]);

        Assert.Equal((2, 3), (map.Height, map.Width));
        Assert.Equal([4, 0, 65535, 4, 4, 1], map.Classes.ToArray());
        Assert.Equal([0, 1, 4], map.PresentClasses());
    }

    [Fact]
    public void A_map_without_any_class_has_none() =>
        Assert.Empty(new LabelMap(1, 2, [LabelMap.Ignored, LabelMap.Ignored]).PresentClasses());

    [Fact]
    public void Another_number_of_pixels_than_height_times_width_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new LabelMap(2, 3, new ushort[5]));

        Assert.Equal("classes", error.ParamName);
        Assert.Contains("2 x 3 has 6 pixels", error.Message, StringComparison.Ordinal);
        Assert.Contains("5 values", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, -1)]
    public void A_map_without_pixels_is_refused(int height, int width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LabelMap(height, width, [1]));
}
