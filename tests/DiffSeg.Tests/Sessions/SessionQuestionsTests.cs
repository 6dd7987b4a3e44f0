using CsCheck;
using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Sessions;

/// <summary>Whatever a session was asked before, it gives the bits that a segmenter gives from scratch.</summary>
public class SessionQuestionsTests
{
    private static readonly Gen<DiffSegOptions> AnyOptions = Gen.Select(
        OneOf(0.002f, 0.01f, 0.02f, 0.05f, 0.1f, 0.3f, 1f, 7f),
        OneOf(4, 7, 9),
        OneOf(1, 2, 3, 5),
        Gen.Bool,
        Gen.Bool,
        (threshold, anchors, iterations, refine, clamp) => new DiffSegOptions
        {
            KlThreshold = threshold,
            AnchorsPerSide = anchors,
            Iterations = iterations,
            Refine = refine,
            ZeroAttention = clamp ? ZeroAttention.Clamp : ZeroAttention.MatchesNothing,
            MinRegionShare = refine ? 0.01 : 0,
        });

    [Theory]
    [InlineData(16, 16)]
    [InlineData(9, 13)]
    [InlineData(24, 8)]
    public void Any_sequence_of_questions_gets_the_answers_from_scratch(int height, int width) =>
        Gen.Select(Gen.Int[0, 10_000], AnyOptions.Array[1, 24]).Sample((seed, questions) =>
        {
            using SegmentationSession session = Open(seed, height, width);
            foreach (DiffSegOptions options in questions)
            {
                DiffSegSegmenter segmenter = new(options);
                Equal(segmenter.Segment(session.Attention, session.Grid), session.Segment(options));
            }
        }, iter: 12);

    [Fact]
    public void A_threshold_for_each_iteration_counts_as_ever()
    {
        using SegmentationSession session = Open(3, 16, 16);
        foreach (float[] thresholds in (float[][])[[0.1f, 0.02f, 0.3f], [0.02f], [0.1f, 0.3f], [0.3f, 0.1f], [0.02f, 0.02f]])
        {
            DiffSegOptions options = new() { AnchorsPerSide = 7, KlThresholds = thresholds };
            Equal(new DiffSegSegmenter(options).Segment(session.Attention, session.Grid), session.Segment(options));
        }
    }

    [Fact]
    public void An_error_is_the_segmenters_and_the_next_question_is_answered()
    {
        float[] identity = new float[256 * 256];
        for (int i = 0; i < 256; i++)
        {
            identity[i * 257] = 1;
        }

        AggregatedAttention attention = AggregatedAttention.FromTensors([(new AttentionShape(1, 16, 16), identity)]);
        using SegmentationSession session = new(attention, MaskGrid.Whole(attention, 16, 16));
        DiffSegOptions options = new() { AnchorsPerSide = 4 };
        for (int i = 0; i < 3; i++)
        {
            Assert.Contains("No proposal survives", Assert.Throws<AttentionException>(() => session.Segment(options)).Message);
            Assert.Throws<ArgumentException>(
                nameof(DiffSegOptions.AnchorsPerSide), () => session.Segment(options with { AnchorsPerSide = 17 }));
            Assert.InRange(session.Segment(options with { ZeroAttention = ZeroAttention.Clamp }).SegmentCount, 1, 16);
        }
    }

    /// <summary>Cancelled at every stage, a session is left as good as before.</summary>
    [Fact]
    public void After_a_cancelled_question_others_are_answered()
    {
        using SegmentationSession session = Open(5, 16, 16);
        DiffSegOptions options = new() { AnchorsPerSide = 9, KlThreshold = 0.05f };
        for (int i = 0; i < 4; i++)
        {
            float threshold = 0.05f * (i + 1);
            Assert.ThrowsAny<OperationCanceledException>(() => session.Segment(
                options with { KlThreshold = threshold }, cancellationToken: new CancellationToken(canceled: true)));
            DiffSegOptions asked = options with { KlThreshold = threshold / 2 };
            Equal(new DiffSegSegmenter(asked).Segment(session.Attention, session.Grid), session.Segment(asked));
        }
    }

    [Fact]
    public void Progress_is_the_segmenters_whether_or_not_something_is_kept()
    {
        using SegmentationSession session = Open(2, 16, 16);
        DiffSegOptions options = new() { AnchorsPerSide = 7, KlThreshold = 0.05f };
        Recorder expected = new();
        new DiffSegSegmenter(options).Segment(session.Attention, session.Grid, expected);
        Assert.Equal(new SegmentationProgress(SegmentationStage.Merging, 3, 3), expected.Values[3]);
        for (int i = 0; i < 2; i++)
        {
            Recorder recorder = new();
            session.Segment(options, progress: recorder);
            Assert.Equal(expected.Values, recorder.Values);
        }
    }

    private sealed class Recorder : IProgress<SegmentationProgress>
    {
        public List<SegmentationProgress> Values { get; } = [];

        public void Report(SegmentationProgress value) => Values.Add(value);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static SegmentationSession Open(int seed, int height, int width)
    {
        AggregatedAttention attention = RandomAttention.Aggregate(seed, [new(1, height, width)]);
        return new SegmentationSession(attention, MaskGrid.Whole(attention, 30, 40));
    }

    private static void Equal(Segmentation expected, Segmentation actual)
    {
        Assert.Equal(expected.Labels.ToArray(), actual.Labels.ToArray());
        Assert.Equal(expected.Proposals.Values.ToArray(), actual.Proposals.Values.ToArray());
    }
}
