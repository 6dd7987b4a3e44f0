using DiffSeg.Pictures;
using DiffSeg.Pictures.Drawing;
using DiffSeg.Tests.Masks;
using Sight = DiffSeg.Tests.Pictures.ColourSight;

namespace DiffSeg.Tests.Pictures.Drawing;

public class SegmentColoursTests
{
    [Theory]
    [InlineData(1, 12)]
    [InlineData(2, 60)]
    [InlineData(3, 400)]
    [InlineData(4, 1000)]
    public void Neighbours_differ_strongly_for_every_eye(int seed, int count)
    {
        const int Side = 200;
        ushort[] labels = RandomMask.Create(seed, Side, Side, count, specks: 0);

        SegmentColours colours = SegmentColours.Of(labels, Side, Side, Palette.Standard);

        foreach ((ushort a, ushort b) in Pairs(labels, Side))
        {
            double distance = Sight.SmallestDistance(Palette.Standard[colours[a]], Palette.Standard[colours[b]]);
            Assert.True(distance >= SegmentColours.Apart - 1e-6, $"labels {a} and {b} touch, and their colours are {distance:F1} apart");
        }
    }

    [Fact]
    public void Without_a_confusable_neighbour_every_label_keeps_its_colour()
    {
        ushort[] labels = [0, 0, 0, 1, 1, 2];
        SegmentColours colours = SegmentColours.Of(labels, 1, 6, Palette.Standard);
        Assert.Equal([0, 1, 2], new ushort[] { 0, 1, 2 }.Select(label => (int)colours[label]));
    }

    [Fact]
    public void Ten_segments_that_all_touch_keep_the_colours_of_their_labels()
    {
        // Every pair of the ten stands side by side somewhere.
        ushort[] labels = [.. Enumerable.Range(0, 100).SelectMany(i => new[] { (ushort)(i / 10), (ushort)(i % 10) })];
        SegmentColours colours = SegmentColours.Of(labels, 1, labels.Length, Palette.Standard);
        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(label, colours[(ushort)label]));
    }

    [Fact]
    public void Another_colour_is_one_that_no_segment_has()
    {
        ushort[] labels = [0, 0, 0, 255, 1, 1, 2, 2];
        SegmentColours colours = SegmentColours.Of(labels, 1, 8, Palette.Standard);
        Assert.DoesNotContain(colours[255], new ushort[] { 0, 1, 2 });
    }

    [Theory]
    [InlineData(0, 255)]
    [InlineData(255, 0)]
    public void Of_two_neighbours_of_one_colour_the_larger_keeps_it(ushort larger, ushort smaller)
    {
        ushort[] labels = [larger, larger, larger, smaller];
        SegmentColours colours = SegmentColours.Of(labels, 1, 4, Palette.Standard);
        Assert.Equal(0, colours[larger]);
        Assert.NotEqual(0, colours[smaller]);
    }

    [Fact]
    public void A_palette_that_is_too_short_gives_the_farthest_colour()
    {
        var palette = new Palette([Rgb.FromHex(0x000000), Rgb.FromHex(0x0A0A0A), Rgb.FromHex(0x050505)]);
        ushort[] labels = [0, 0, 2];
        Assert.Equal(1, SegmentColours.Of(labels, 1, 3, palette)[2]);
    }

    private static IEnumerable<(ushort A, ushort B)> Pairs(ushort[] labels, int side)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if (i % side > 0 && labels[i] != labels[i - 1])
            {
                yield return (labels[i], labels[i - 1]);
            }

            if (i >= side && labels[i] != labels[i - side])
            {
                yield return (labels[i], labels[i - side]);
            }
        }
    }
}
