using DiffSeg.Pictures;

namespace DiffSeg.Tests.Pictures;

public class PaletteTests
{
    private static readonly Palette Standard = Palette.Standard;

    [Fact]
    public void Labels_that_follow_each_other_differ_strongly_for_every_eye_even_where_the_palette_begins_again()
    {
        for (int label = 0; label < 2 * Standard.Count; label++)
        {
            double distance = ColourSight.SmallestDistance(Standard[label], Standard[label + 1]);
            Assert.True(distance > 35, $"labels {label} and {label + 1} are {distance:F1} apart");
        }
    }

    [Fact]
    public void Labels_two_apart_differ_clearly_for_every_eye()
    {
        for (int label = 0; label < Standard.Count - 2; label++)
        {
            double distance = ColourSight.SmallestDistance(Standard[label], Standard[label + 2]);
            Assert.True(distance > 16, $"labels {label} and {label + 2} are {distance:F1} apart");
        }
    }

    [Fact]
    public void The_first_sixteen_labels_differ_for_every_eye()
    {
        for (int a = 0; a < 16; a++)
        {
            for (int b = 0; b < a; b++)
            {
                double distance = ColourSight.SmallestDistance(Standard[a], Standard[b]);
                Assert.True(distance > 11, $"labels {a} and {b} are {distance:F1} apart");
            }
        }
    }

    [Fact]
    public void All_colours_differ_from_each_other_for_normal_eyes()
    {
        for (int a = 0; a < Standard.Count; a++)
        {
            for (int b = 0; b < a; b++)
            {
                Assert.True(ColourSight.Distance(Standard[a], Standard[b], ColourSight.Normal) > 6.5, $"labels {a} and {b}");
            }
        }
    }

    // A label keeps its colour from release to release: pictures in reports stay comparable.
    [Theory]
    [InlineData(0, "#0072B2")]
    [InlineData(1, "#D55E00")]
    [InlineData(6, "#009E73")]
    [InlineData(254, "#226666")]
    [InlineData(255, "#0072B2")]
    [InlineData(65535, "#0072B2")]
    public void A_label_keeps_its_colour(int label, string colour) => Assert.Equal(colour, Standard[label].ToString());

    [Fact]
    public void Own_colours_repeat_after_the_last()
    {
        var palette = new Palette([Rgb.FromHex(0x010203), Rgb.White]);

        Assert.Equal(2, palette.Count);
        Assert.Equal(new Rgb(1, 2, 3), palette[4]);
        Assert.Equal(Rgb.White, palette[5]);
    }

    [Fact]
    public void Palette_without_colours_is_refused() =>
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => new Palette([])).Message);

    [Fact]
    public void Negative_label_is_refused() => Assert.Throws<ArgumentOutOfRangeException>("label", () => Standard[-1]);
}
