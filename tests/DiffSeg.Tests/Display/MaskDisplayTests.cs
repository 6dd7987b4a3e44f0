using System.Text.RegularExpressions;
using DiffSeg.Display;
using DiffSeg.Pictures;
using DiffSeg.Tests.Masks;
using DiffSeg.Tests.Pictures;

namespace DiffSeg.Tests.Display;

public class MaskDisplayTests
{
    private static readonly ushort[] Halves = [.. Enumerable.Range(0, 100 * 200).Select(i => (ushort)(i % 200 < 100 ? 0 : 1))];

    [Fact]
    public void A_mask_alone_is_its_colours()
    {
        PngPixels png = PngPixels.Decode(new MaskDisplay(Halves, 100, 200) { ShowLabels = false }.ToPng());

        Assert.Equal((100, 200, 3), (png.Height, png.Width, png.Colours));
        Assert.Equal(Palette.Standard[0], Colour(png, 50, 50));
        Assert.Equal(Palette.Standard[1], Colour(png, 50, 150));
        Assert.Equal(Rgb.White, Colour(png, 50, 99));
    }

    [Fact]
    public void Over_a_picture_colours_and_picture_are_blended()
    {
        Picture picture = Plain(100, 200, new Rgb(0, 100, 200));
        MaskDisplay display = new(Halves, 100, 200, picture) { ShowLabels = false, Options = new OverlayOptions { Opacity = 0.25f } };

        Rgb colour = Colour(PngPixels.Decode(display.ToPng()), 50, 50);

        Rgb label = Palette.Standard[0];
        Assert.InRange(colour.Red - ((0.25 * label.Red) + (0.75 * 0)), -1, 1);
        Assert.InRange(colour.Green - ((0.25 * label.Green) + (0.75 * 100)), -1, 1);
        Assert.InRange(colour.Blue - ((0.25 * label.Blue) + (0.75 * 200)), -1, 1);
    }

    [Theory]
    [InlineData(400, 800)]
    [InlineData(50, 100)]
    [InlineData(150, 900)]
    public void A_picture_of_another_size_decides_the_size_and_the_mask_covers_all_of_it(int height, int width)
    {
        MaskDisplay display = new(Halves, 100, 200, Plain(height, width, default))
        {
            ShowLabels = false,
            Options = new OverlayOptions { Opacity = 1 },
        };

        PngPixels png = PngPixels.Decode(display.ToPng());

        Assert.Equal(Math.Min(640, width), png.Width);
        Assert.Equal(Palette.Standard[0], Colour(png, png.Height - 1, 0));
        Assert.Equal(Palette.Standard[0], Colour(png, 0, (png.Width / 2) - 5));
        Assert.Equal(Palette.Standard[1], Colour(png, 0, (png.Width / 2) + 5));
        Assert.Equal(Palette.Standard[1], Colour(png, png.Height - 1, png.Width - 1));
    }

    [Fact]
    public void Labels_and_areas_are_written_on_the_segments_and_can_be_left_out()
    {
        MaskDisplay display = new(Halves, 100, 200);
        PngPixels with = PngPixels.Decode(display.ToPng());
        PngPixels without = PngPixels.Decode(new MaskDisplay(Halves, 100, 200) { ShowLabels = false }.ToPng());

        int[] changed = [.. Enumerable.Range(0, 100 * 200).Where(i => with[i / 200, i % 200] != without[i / 200, i % 200])];
        Assert.All([0, 1], side => Assert.InRange(changed.Count(i => i % 200 / 100 == side), 60, 1500));
        Assert.All(changed, i => Assert.InRange(i / 200, 25, 75));
        Assert.Equal(["0", "50%", "1", "50%"], Texts(display.ToHtml()));
        Assert.Empty(Texts(new MaskDisplay(Halves, 100, 200) { ShowLabels = false }.ToHtml()));
    }

    [Fact]
    public void Html_has_the_picture_a_layer_and_the_table()
    {
        string html = new MaskDisplay(Halves, 100, 200, Plain(100, 200, new Rgb(9, 8, 7))).ToHtml();

        PngPixels[] images = [.. Images(html)];
        Assert.Equal(2, images.Length);
        Assert.Equal((9, 8, 7, 255), images[0][3, 3]);
        Rgb label = Palette.Standard[1];
        Assert.Equal((label.Red, label.Green, label.Blue, 128), images[1][20, 150]);
        Assert.Equal((255, 255, 255, 255), images[1][20, 99]);
        Assert.Contains("alt=\"Mask of 2 segments over the picture, 200 x 100 pixels; segment 0 is the largest with 50%\"", html);
        Assert.Contains($"background:{label}", html);
        Assert.Contains("<td class=\"ds-number\">100, 0</td><td class=\"ds-number\">100 × 100</td>", html);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("http", html);
    }

    [Fact]
    public void A_thousand_segments_stay_readable_and_small()
    {
        ushort[] labels = RandomMask.Create(5, 300, 400, 1000, specks: 0);
        labels.AsSpan(0, 400 * 150).Fill(1000);
        MaskDisplay display = new(labels, 300, 400);

        string html = display.ToHtml();

        int segments = labels.Distinct().Count();
        Assert.Contains($"and {segments - 12} smaller segments", html);
        Assert.Equal(13, Regex.Count(html, "<tr>"));
        Assert.Equal(["1000", "50%"], Texts(html).Take(2));
        Assert.InRange(Texts(html).Count(), 2, 40);
        Assert.True(html.Length < 120_000, $"{html.Length}");
        Assert.Equal(display.ToPng(), display.ToPng());
    }

    [Fact]
    public void A_mask_of_a_few_pixels_is_enlarged_in_whole_steps()
    {
        PngPixels png = PngPixels.Decode(new MaskDisplay(new ushort[] { 0, 1, 2, 3, 4, 5 }, 2, 3) { ShowLabels = false }.ToPng());
        Assert.Equal((128, 192), (png.Height, png.Width));
        Assert.Equal(Palette.Standard[5], Colour(png, 100, 180));
    }

    [Theory]
    [InlineData(100, 300, 1)]
    [InlineData(300, 900, 3)]
    public void A_mask_of_a_part_lies_there_and_the_rest_of_the_picture_stays(int height, int width, int scale)
    {
        Rgb ground = new(9, 8, 7);
        MaskDisplay display = new(Halves, 100, 200, Plain(height, width, ground))
        {
            Part = new BoundingBox(width / 3, 0, width / 3, height),
            LongestSide = 300,
            ShowLabels = false,
            Options = new OverlayOptions { Opacity = 1, OutlineWidth = 0 },
        };

        PngPixels png = PngPixels.Decode(display.ToPng());
        PngPixels[] images = [.. Images(display.ToHtml())];

        int third = width / 3 / scale;
        Assert.Equal((height / scale, width / scale), (png.Height, png.Width));
        Assert.Equal((png.Height, png.Width), (images[1].Height, images[1].Width));
        Assert.Equal((9, 8, 7, 255), images[0][50, third + 20]);
        foreach ((int x, Rgb? label) in new (int, Rgb?)[]
        {
            (0, null), (third - 1, null), (third, Palette.Standard[0]), ((third * 3 / 2) - 1, Palette.Standard[0]),
            ((third * 3 / 2) + 1, Palette.Standard[1]), ((2 * third) - 1, Palette.Standard[1]), (2 * third, null), ((3 * third) - 1, null),
        })
        {
            Assert.Equal((x, label ?? ground), (x, Colour(png, 50, x)));
            Assert.Equal((x, label is null ? 0 : 255), (x, images[1][50, x].Alpha));
        }

        Assert.Contains("over a part of the picture, 200 x 100 pixels", display.ToHtml());
    }

    [Fact]
    public void Labels_of_a_part_stand_on_their_segments()
    {
        Picture picture = Plain(100, 300, default);
        MaskDisplay display = new(Halves, 100, 200, picture) { Part = new BoundingBox(100, 0, 200, 100) };
        PngPixels with = PngPixels.Decode(display.ToPng());
        PngPixels without = PngPixels.Decode(new MaskDisplay(Halves, 100, 200, picture) { Part = display.Part, ShowLabels = false }.ToPng());

        int[] changed = [.. Enumerable.Range(0, 100 * 300).Where(i => with[i / 300, i % 300] != without[i / 300, i % 300]).Select(i => i % 300)];
        Assert.All([100, 200], left => Assert.Contains(changed, x => x > left + 30 && x < left + 70));
        Assert.DoesNotContain(changed, x => x < 110);
        Assert.Contains("viewBox=\"-100 0 300 100\"", display.ToHtml());
    }

    [Fact]
    public void A_part_must_lie_on_the_picture()
    {
        Picture picture = Plain(100, 300, default);
        foreach (BoundingBox part in new BoundingBox[] { new(-1, 0, 10, 10), new(0, -1, 10, 10), new(0, 0, 0, 10), new(0, 0, 10, 0), new(291, 0, 10, 10), new(0, 91, 10, 10), new(1, 0, int.MaxValue, 1) })
        {
            Assert.Contains("picture of 300 x 100", Assert.Throws<ArgumentException>("Part", () => new MaskDisplay(Halves, 100, 200, picture) { Part = part }).Message);
        }

        Assert.Throws<ArgumentException>("Part", () => new MaskDisplay(Halves, 100, 200) { Part = new BoundingBox(0, 0, 1, 1) });
        BoundingBox all = new(0, 0, 300, 100);
        Assert.Equal(new MaskDisplay(Halves, 100, 200, picture).ToPng(), new MaskDisplay(Halves, 100, 200, picture) { Part = all }.ToPng());
    }

    [Fact]
    public void Sizes_are_checked()
    {
        Assert.Throws<ArgumentException>("labels", () => new MaskDisplay(Halves, 100, 201));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => new MaskDisplay(Halves, 0, 201));
        Assert.Throws<ArgumentOutOfRangeException>("LongestSide", () => new MaskDisplay(Halves, 100, 200) { LongestSide = 0 });
    }

    private static IEnumerable<string> Texts(string html) => Regex.Matches(html, "<text[^>]*>([^<]*)</text>").Select(match => match.Groups[1].Value);

    private static IEnumerable<PngPixels> Images(string html) => Regex.Matches(html, "data:image/png;base64,([^\"]+)\"")
        .Select(match => PngPixels.Decode(Convert.FromBase64String(match.Groups[1].Value)));

    private static Rgb Colour(PngPixels png, int y, int x) => new(png[y, x].Red, png[y, x].Green, png[y, x].Blue);

    private static Picture Plain(int height, int width, Rgb colour) => new(
        (byte[])[.. Enumerable.Range(0, height * width).SelectMany(_ => new[] { colour.Red, colour.Green, colour.Blue, (byte)255 })],
        height,
        width,
        PixelOrder.Rgba32);
}
