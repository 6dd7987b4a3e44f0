using System.Text.RegularExpressions;
using DiffSeg.Display;
using DiffSeg.Pictures;
using DiffSeg.Pictures.Drawing;
using DiffSeg.Tests.Pictures;

namespace DiffSeg.Tests.Display;

public class StripTests
{
    private static readonly Picture Red = Plain(60, 90, new Rgb(200, 10, 20));

    [Fact]
    public void Pictures_stand_side_by_side_with_captions_beneath()
    {
        PngPixels png = PngPixels.Decode(new Strip(("one", Red), ("two", Plain(90, 60, new Rgb(1, 2, 3)))).ToPng());

        Assert.Equal((12 + 90 + 15 + 12, 12 + 90 + 12 + 60 + 12), (png.Height, png.Width));
        Assert.Equal((200, 10, 20, 255), png[12, 12]);
        Assert.Equal((1, 2, 3, 255), png[12, 114]);
        Assert.Equal((255, 255, 255, 255), png[100, 50]);
        Assert.Contains(Enumerable.Range(12, 40), x => png[12 + 60 + 6 + 3, x].Red < 100);
    }

    [Fact]
    public void More_than_five_break_into_rows_of_four()
    {
        Assert.Equal(12 + (5 * 102), PngPixels.Decode(new Strip(Enumerable.Repeat(("", (IDisplay)Red), 5)).ToPng()).Width);
        PngPixels six = PngPixels.Decode(new Strip(Enumerable.Repeat(("", (IDisplay)Red), 6)).ToPng());
        Assert.Equal((12 + (2 * 72), 12 + (4 * 102)), (six.Height, six.Width));
    }

    [Fact]
    public void Html_has_each_picture_and_its_caption_encoded()
    {
        string html = new Strip(("a <b>", Red), ("c & d", Red)) { ItemSide = 30 }.ToHtml();
        Assert.Equal(2, Regex.Count(html, "<img width=\"30\" height=\"20\""));
        Assert.Contains("<figcaption>a &lt;b&gt;</figcaption>", html);
        Assert.Contains("<figcaption>c &amp; d</figcaption>", html);
    }

    [Fact]
    public void A_display_of_any_kind_has_a_place()
    {
        Strip strip = new(("mine", new Own())) { ItemSide = 20 };
        Assert.Contains("<b>own</b>", strip.ToHtml());
        PngPixels png = PngPixels.Decode(strip.ToPng());
        Assert.Equal((12 + 20 + 15 + 12, 12 + 20 + 12), (png.Height, png.Width));
        Assert.Equal((7, 8, 9, 255), png[20, 20]);
    }

    [Fact]
    public void Picture_mask_and_both_stand_side_by_side()
    {
        MaskDisplay mask = new(new ushort[] { 0, 1 }, 1, 2, Red) { Options = new OverlayOptions { OutlineWidth = 0 } };
        PngPixels png = PngPixels.Decode(mask.SideBySide().ToPng());
        Assert.Equal(3, mask.SideBySide().Count);
        Assert.Equal((200, 10, 20, 255), png[13, 13]);
        Rgb label = Palette.Standard[0];
        Assert.Equal((label.Red, label.Green, label.Blue, 255), png[13, 12 + 90 + 12 + 1]);
        Assert.Throws<InvalidOperationException>(() => new MaskDisplay(new ushort[1], 1, 1).SideBySide());
    }

    [Fact]
    public void Nothing_to_show_is_refused()
    {
        Assert.Throws<ArgumentException>("items", () => new Strip());
        Assert.Contains("Item 1", Assert.Throws<ArgumentException>("items", () => new Strip(("a", Red), ("b", null!))).Message);
        Assert.Throws<ArgumentOutOfRangeException>("ItemSide", () => new Strip(("a", Red)) { ItemSide = 15 });
    }

    [Fact]
    public void A_picture_shrinks_in_its_proportions_and_a_small_one_is_itself()
    {
        Picture small = Red.Shrunk(45);
        Assert.Equal((30, 45), (small.Height, small.Width));
        Assert.Equal([200, 10, 20, 255], small.Pixels[..4].ToArray());
        Assert.Same(Red, Red.Shrunk(90));
        Assert.Throws<ArgumentOutOfRangeException>("longestSide", () => Red.Shrunk(0));
    }

    private static Picture Plain(int height, int width, Rgb colour) => new(
        (byte[])[.. Enumerable.Range(0, height * width).SelectMany(_ => new[] { colour.Red, colour.Green, colour.Blue, (byte)255 })],
        height,
        width,
        PixelOrder.Rgba32);

    private sealed class Own : IDisplay
    {
        public byte[] ToPng() => new Raster(40, 40, new Rgb(7, 8, 9)).ToPng();

        public string ToHtml() => "<b>own</b>";
    }
}
