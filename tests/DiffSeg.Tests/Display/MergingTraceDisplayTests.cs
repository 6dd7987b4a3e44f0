using System.Text.RegularExpressions;
using DiffSeg.Pictures;
using DiffSeg.Tests.Oracle;
using DiffSeg.Tests.Pictures;

namespace DiffSeg.Tests.Display;

public class MergingTraceDisplayTests
{
    [Fact]
    public void The_merging_is_told_from_the_anchors_to_the_mask()
    {
        using SegmentationSession session = Session(picture: true);
        MergingTrace trace = session.Trace();
        string[] captions = [.. Regex.Matches(trace.ToHtml(), "<figcaption>([^<]*)</figcaption>").Select(match => match.Groups[1].Value)];

        Assert.Equal(trace.Steps.Count + 2, captions.Length);
        Assert.Equal($"{trace.Steps[0].Anchors.Count} anchors", captions[0]);
        Assert.StartsWith($"iteration 0: {trace.Steps[0].Proposals.Count} map", captions[1]);
        Assert.StartsWith($"mask: {trace.Result.SegmentCount} segment", captions[^1]);
        Assert.True(PngPixels.Decode(trace.ToPng()).Colours > 10);
    }

    [Fact]
    public void Without_a_picture_the_masks_stand_alone()
    {
        using SegmentationSession session = Session(picture: false);
        PngPixels png = PngPixels.Decode(session.Trace().ToPng());
        Assert.True(png.Width > 400);
    }

    private static SegmentationSession Session(bool picture)
    {
        AggregatedAttention attention = RandomAttention.Aggregate(3, [new AttentionShape(1, 16, 16), new AttentionShape(1, 8, 8)]);
        byte[] pixels = new byte[4 * 96 * 128];
        Array.Fill(pixels, (byte)90);
        return new SegmentationSession(
            attention,
            MaskGrid.Whole(attention, 96, 128),
            new DiffSegOptions { AnchorsPerSide = 4, KlThreshold = 0.1f },
            picture ? new Picture(pixels, 96, 128, PixelOrder.Rgba32) : null);
    }
}
