using DiffSeg.Pictures;
using DiffSeg.Tests.Baselines;
using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Sessions;

public class SegmentationSessionTests
{
    private static readonly DiffSegOptions Options = new() { AnchorsPerSide = 8, KlThreshold = 0.3f };

    [Fact]
    public void A_session_gives_what_a_segmenter_gives_and_shows_it_on_the_picture()
    {
        Picture picture = RandomPicture.Create(1, 50, 70);
        using SegmentationSession session = Open(picture);
        Assert.Same(Options, session.Options);
        Segmentation mask = session.Segment();
        Assert.Same(picture, mask.Picture);
        Equal(new DiffSegSegmenter(Options).Segment(session.Attention, session.Grid), mask);
    }

    [Fact]
    public void Settings_and_sizes_of_one_question_do_not_stay_for_the_next()
    {
        using SegmentationSession session = Open();
        ushort[] first = session.Segment().Labels.ToArray();
        DiffSegOptions fine = Options with { KlThreshold = 0.001f };
        MaskGrid small = MaskGrid.Whole(session.Attention, 20, 30);
        Equal(new DiffSegSegmenter(fine).Segment(session.Attention, small), session.Segment(fine, small));
        Assert.Equal(first, session.Segment().Labels.ToArray());
    }

    [Theory]
    [InlineData(0.3f)]
    [InlineData(0.05f)]
    [InlineData(2f)]
    public void A_session_that_was_prepared_gives_the_same(float threshold)
    {
        using SegmentationSession session = Open();
        session.Prepare();
        session.Prepare(Options with { AnchorsPerSide = 4 });
        DiffSegOptions asked = Options with { KlThreshold = threshold };
        Equal(new DiffSegSegmenter(asked).Segment(session.Attention, session.Grid), session.Segment(asked));
    }

    [Fact]
    public async Task Threads_take_turns()
    {
        using SegmentationSession session = Open();
        float[] thresholds = [0.001f, 0.01f, 0.1f, 0.3f, 1, 3];
        ushort[][] alone = [.. thresholds.Select(t => session.Segment(Options with { KlThreshold = t }).Labels.ToArray())];
        ushort[][] together = await Task.WhenAll(thresholds.Select(
            t => Task.Run(() => session.Segment(Options with { KlThreshold = t }).Labels.ToArray())));
        Assert.Equal(alone, together);
    }

    [Fact]
    public void A_session_gives_its_attention_back_and_answers_no_more()
    {
        SegmentationSession session = Open();
        session.Dispose();
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Segment());
        Assert.Throws<ObjectDisposedException>(() => session.Prepare());
        Assert.Throws<ObjectDisposedException>(() => session.Attention.Values.Length);
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(1, [new(1, 8, 8)]);
        Assert.Throws<ArgumentNullException>("attention", () => new SegmentationSession(null!, MaskGrid.Whole(8, 8, 4, 4)));
        Assert.Throws<ArgumentException>("grid", () => new SegmentationSession(attention, MaskGrid.Whole(attention, 0, 4)));
    }

    private static SegmentationSession Open(Picture? picture = null)
    {
        AggregatedAttention attention = RandomAttention.Aggregate(1, [new(1, 16, 16)]);
        return new SegmentationSession(attention, MaskGrid.Whole(attention, 50, 70), Options, picture);
    }

    private static void Equal(Segmentation expected, Segmentation actual)
    {
        Assert.Equal((expected.Height, expected.Width), (actual.Height, actual.Width));
        Assert.Equal(expected.Labels.ToArray(), actual.Labels.ToArray());
        Assert.Equal(expected.Proposals.Values.ToArray(), actual.Proposals.Values.ToArray());
    }
}
