using DiffSeg.Pictures;
using DiffSeg.Pictures.Drawing;
using DiffSeg.Tests.Pictures;

namespace DiffSeg.Tests.Display;

public class AttentionMapDisplayTests
{
    private static readonly float[] OneHot = [.. Enumerable.Range(0, 64).Select(i => i == (2 * 8) + 5 ? 1f : 0f)];

    [Fact]
    public void The_hottest_token_has_the_scale_s_last_colour_at_its_centre_and_the_rest_its_first()
    {
        AttentionMap map = new(OneHot, 8, 8, MaskGrid.Whole(8, 8, 336, 336));
        PngPixels png = PngPixels.Decode(map.ToPng());
        Assert.Equal((336, 336), (png.Height, png.Width));
        Assert.Equal(HeatScale.Colour(0), At(png, 300, 20));
        // Token (2, 5) lies at (2.5, 5.5) x 42.
        Assert.InRange(At(png, 105, 231).Green, HeatScale.Colour(245).Green, 255);
    }

    [Fact]
    public void A_picture_is_darkened_to_greys_beneath()
    {
        byte[] pixels = [.. Enumerable.Range(0, 400 * 400).SelectMany(_ => new byte[] { 200, 100, 50, 255 })];
        AttentionMap map = new(new float[64], 8, 8, MaskGrid.Whole(8, 8, 400, 400), new Picture(pixels, 400, 400, PixelOrder.Rgba32));
        Rgb cold = At(PngPixels.Decode(map.ToPng()), 77, 10);
        Rgb none = HeatScale.Colour(0);
        Assert.InRange(cold.Red, none.Red, 120);
        Assert.True(cold.Blue >= cold.Red);
    }

    [Fact]
    public void The_spot_is_ringed_and_stays_open()
    {
        AttentionMap map = new(OneHot, 8, 8, MaskGrid.Whole(8, 8, 336, 336));
        PngPixels without = PngPixels.Decode(map.ToPng());
        PngPixels with = PngPixels.Decode(new AttentionMap(OneHot, 8, 8, map.Grid) { Point = (60, 250) }.ToPng());
        int[] changed = [.. Enumerable.Range(0, 336 * 336).Where(i => with[i / 336, i % 336] != without[i / 336, i % 336])];
        Assert.InRange(changed.Average(i => i % 336), 59.5, 60.5);
        Assert.InRange(changed.Average(i => i / 336), 249.5, 250.5);
        Assert.Equal(without[250, 60], with[250, 60]);
        Assert.Contains(changed, i => At(with, i / 336, i % 336) == Rgb.White);
    }

    [Fact]
    public void Only_the_part_of_the_map_that_the_picture_covers_is_shown()
    {
        // The picture is the map's upper half.
        MaskGrid half = new(160, 320, 0, 0, 4, 8);
        float[] lower = [.. Enumerable.Range(0, 64).Select(i => i >= 48 ? 1f : 0f)];
        PngPixels png = PngPixels.Decode(new AttentionMap(lower, 8, 8, half).ToPng());
        Assert.Equal((160, 320), (png.Height, png.Width));
        Assert.Equal(HeatScale.Colour(0), At(png, 159, 100));
    }

    [Fact]
    public void Html_tells_the_spot_and_the_scale()
    {
        string html = new AttentionMap(OneHot, 8, 8, MaskGrid.Whole(8, 8, 336, 336)) { Point = (60, 250) }.ToHtml();
        Assert.Contains("alt=\"Attention of the spot (60, 250) as heat, 8 x 8 tokens\"", html);
        Assert.Contains("linear-gradient(to right,#0E1135", html);
        Assert.Contains("1 and more", html);
    }

    private static Rgb At(PngPixels png, int y, int x) => new(png[y, x].Red, png[y, x].Green, png[y, x].Blue);
}
