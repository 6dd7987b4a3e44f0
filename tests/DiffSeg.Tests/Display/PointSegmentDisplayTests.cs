using DiffSeg.Pictures;
using DiffSeg.Tests.Oracle;
using DiffSeg.Tests.Pictures;

namespace DiffSeg.Tests.Display;

public class PointSegmentDisplayTests
{
    [Fact]
    public void The_segment_keeps_its_colours_and_the_rest_is_dark_and_grey()
    {
        using SegmentationSession session = Session(picture: true);
        PointSegment segment = session.SegmentAt(70, 50);
        PngPixels png = PngPixels.Decode(segment.ToPng());

        Assert.Equal((192, 256), (png.Height, png.Width));
        (byte Red, byte Green, byte Blue, byte Alpha)[] inside = [.. Pixels(segment, 1).Select(i => png[i / 256, i % 256])];
        (byte Red, byte Green, byte Blue, byte Alpha)[] outside = [.. Pixels(segment, 0).Select(i => png[i / 256, i % 256])];
        Assert.True(inside.Count(pixel => pixel == (210, 120, 60, 255)) > 0.5 * inside.Length);
        Assert.True(outside.Count(pixel => pixel.Red == pixel.Blue && pixel.Red < 110) > 0.5 * outside.Length);
        Assert.Equal(Palette.Standard[2], new Rgb(png[50, 70].Red, png[50, 70].Green, png[50, 70].Blue));
    }

    [Fact]
    public void Html_tells_the_point_the_share_and_the_box()
    {
        using SegmentationSession session = Session(picture: false);
        PointSegment segment = session.SegmentAt(70, 50);
        string html = segment.ToHtml();
        Assert.Contains("alt=\"The segment under (70, 50): ", html);
        Assert.Contains($"{segment.Box.Width} x {segment.Box.Height} pixels at ({segment.Box.Left}, {segment.Box.Top})", html);
    }

    private static IEnumerable<int> Pixels(PointSegment segment, ushort label)
    {
        ushort[] labels = segment.Labels.ToArray();
        return Enumerable.Range(0, labels.Length).Where(i => labels[i] == label);
    }

    private static SegmentationSession Session(bool picture)
    {
        AggregatedAttention attention = RandomAttention.Aggregate(5, [new(1, 16, 16)]);
        byte[] pixels = [.. Enumerable.Range(0, 192 * 256).SelectMany(_ => new byte[] { 210, 120, 60, 255 })];
        return new SegmentationSession(
            attention, MaskGrid.Whole(attention, 192, 256), picture: picture ? new Picture(pixels, 192, 256, PixelOrder.Rgba32) : null);
    }
}
