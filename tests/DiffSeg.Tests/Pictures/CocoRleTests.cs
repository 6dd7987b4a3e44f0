using DiffSeg.Pictures;

namespace DiffSeg.Tests.Pictures;

public class CocoRleTests
{
    // The first is the example in the documentation of COCO's mask tools; the others were computed from the code's
    // definition (base 32, two's complement, shortest form) with unbounded integers.
    [Theory]
    [InlineData(new[] { 6, 1, 40, 4, 5, 4, 5, 4, 21 }, "61X13mN000`0")]
    [InlineData(new[] { 0, 15 }, "0?")]
    [InlineData(new[] { 0, 16 }, "0`0")]
    [InlineData(new[] { 1000000 }, "Pb`n0")]
    [InlineData(new[] { 10, 20, 30, 40, 5, 1000, 31 }, ":d0n0d0WOPn0j0")]
    [InlineData(
        new[] { 272, 2, 4, 4, 4, 4, 2, 9, 1, 2, 16, 43, 143, 24, 5, 8, 16, 44, 141, 25, 8, 5, 17, 44, 140, 26, 10, 2, 17, 45, 129, 4, 5, 56, 5, 4, 16, 5 },
        "`824200N5OI?Y1o3]OfK@;T1m3]OkK\\O9W1k3^OnKXO7[1`3gNTLd10\\N;1")]
    public void Compressed_text_is_COCOs(int[] counts, string text)
    {
        int pixels = counts.Sum();
        Assert.Equal(text, new CocoRle(1, pixels, counts).ToCompressedString());
        Assert.Equal(counts, CocoRle.Parse(text, 1, pixels).Counts.ToArray());
    }

    [Fact]
    public void Runs_go_down_the_columns_and_begin_outside()
    {
        // 1 0 0
        // 1 1 0
        SortedDictionary<ushort, CocoRle> segments = CocoRle.Encode([1, 0, 0, 1, 1, 0], 2, 3);

        Assert.Equal([0, 1], segments.Keys.Select(label => (int)label));
        Assert.Equal(new[] { 2, 1, 1, 2 }, segments[0].Counts.ToArray());
        Assert.Equal(new[] { 0, 2, 1, 1, 2 }, segments[1].Counts.ToArray());
        Assert.Equal((3, new CocoBox(1, 0, 2, 2)), (segments[0].Area, segments[0].Box));
        Assert.Equal((3, new CocoBox(0, 0, 2, 2)), (segments[1].Area, segments[1].Box));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(1, 70)]
    [InlineData(31, 33)]
    [InlineData(45, 97)] // more columns than are walked at a time
    public void Every_segment_comes_back_and_is_measured_right(int height, int width)
    {
        var random = new Random(height + (1000 * width));
        var labels = new ushort[height * width];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = i > 0 && random.Next(4) > 0 ? labels[random.Next(2) == 0 || i < width ? i - 1 : i - width] : (ushort)random.Next(600);
        }

        SortedDictionary<ushort, CocoRle> segments = CocoRle.Encode(labels, height, width);

        Assert.Equal(labels.Distinct().Order(), segments.Keys);
        foreach ((ushort label, CocoRle segment) in segments)
        {
            CocoRle parsed = CocoRle.Parse(segment.ToCompressedString(), height, width);
            Assert.Equal(segment.Counts.ToArray(), parsed.Counts.ToArray());
            Assert.Equal(labels.Select(value => (byte)(value == label ? 1 : 0)), parsed.Decode());
            Assert.Equal(labels.Count(value => value == label), segment.Area);
            Assert.Equal(Box(labels, label, width), segment.Box);
            Assert.DoesNotContain(0, segment.Counts[1..].ToArray());
        }
    }

    [Fact]
    public void Segment_without_pixels_has_an_empty_box()
    {
        var nothing = new CocoRle(2, 3, [6]);

        Assert.Equal(0, nothing.Area);
        Assert.Equal(default, nothing.Box);
        Assert.All(nothing.Decode(), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData("6 1", "' ' at position 1")]
    [InlineData("\u007f", "position 0")]
    [InlineData("Pb`", "middle of a number")]
    [InlineData("PPPPPPPPPPPP0", "does not belong")]
    public void Text_that_is_no_code_is_refused(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => CocoRle.Parse(text, 1, 7)).Message);

    [Fact]
    public void Counts_that_do_not_fit_are_refused()
    {
        Assert.Contains("7 pixels", Assert.Throws<ArgumentException>("counts", () => new CocoRle(2, 3, [6, 1])).Message);
        Assert.Contains("-1", Assert.Throws<ArgumentException>("counts", () => new CocoRle(2, 3, [7, -1])).Message);
        Assert.Throws<ArgumentOutOfRangeException>("height", () => new CocoRle(0, 3, []));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => new CocoRle(50_000, 50_000, [1_250_000_000, 1_250_000_000]));
        Assert.Throws<ArgumentException>("labels", () => CocoRle.Encode([1, 2], 1, 3));
    }

    private static CocoBox Box(ushort[] labels, ushort label, int width)
    {
        int[] pixels = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == label)];
        int left = pixels.Min(i => i % width), top = pixels.Min(i => i / width);
        return new CocoBox(left, top, pixels.Max(i => i % width) - left + 1, pixels.Max(i => i / width) - top + 1);
    }
}
