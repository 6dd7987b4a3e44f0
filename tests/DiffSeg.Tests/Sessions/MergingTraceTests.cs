using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Sessions;

public class MergingTraceTests
{
    private static readonly DiffSegOptions Options = new() { AnchorsPerSide = 8, KlThresholds = [0.1f, 0.05f, 0.2f] };

    [Fact]
    public void Each_iteration_is_there_and_the_result_is_the_segmentation()
    {
        using SegmentationSession session = Open();
        MergingTrace trace = session.Trace();
        Assert.Equal([0, 1, 2], trace.Steps.Select(step => step.Iteration));
        Assert.Equal([0.1f, 0.05f, 0.2f], trace.Steps.Select(step => step.Threshold));
        Assert.Equal(session.Grid, trace.Grid);
        Assert.Equal(session.Segment().Labels.ToArray(), trace.Result.Labels.ToArray());
        Assert.Equal(trace.Result.Proposals.Values.ToArray(), trace.Steps[^1].Proposals.Values.ToArray());
        Assert.All(trace.Steps, step => Assert.Equal(
            (step.Proposals.Count, step.Proposals.Count), (step.Anchors.Count, step.Matches.Count)));
        Assert.Equal(64, trace.Steps[0].Proposals.Count);
        Assert.Equal(SamplingGrid.Anchors(16, 16, 8), trace.Steps[0].Anchors);
        Assert.InRange(trace.Steps[1].Proposals.Count, 2, 63);
    }

    /// <summary>The first iteration is a mean of the attention's maps; later proposals began where a proposal before did.</summary>
    [Fact]
    public void Anchors_are_tokens_and_matches_are_counted()
    {
        using SegmentationSession session = Open();
        MergingTrace trace = session.Trace();
        for (int i = 0; i < 64; i++)
        {
            int anchor = trace.Steps[0].Anchors[i];
            int[] near = [.. Enumerable.Range(0, 256)
                .Where(token => JeffreysDistance.Accurate(session.Attention.Map(anchor), session.Attention.Map(token)) < 0.1f)];
            Assert.Equal(near.Length, trace.Steps[0].Matches[i]);
            double mean = near.Average(token => (double)session.Attention.Map(token)[5]);
            Assert.Equal(mean, trace.Steps[0].Proposals.Map(i)[5], mean * 1e-5);
        }

        for (int i = 1; i < trace.Steps.Count; i++)
        {
            Assert.Subset(trace.Steps[i - 1].Anchors.ToHashSet(), trace.Steps[i].Anchors.ToHashSet());
            Assert.All(trace.Steps[i].Matches, matches => Assert.InRange(matches, 1, trace.Steps[i - 1].Proposals.Count));
        }
    }

    [Fact]
    public void Anchors_that_match_nothing_are_left_out_and_confuse_no_later_step()
    {
        float[] tensor = RandomAttention.Tensor(1, new(1, 16, 16));
        int[] anchors = SamplingGrid.Anchors(16, 16, 8);
        tensor[(anchors[0] * 256) + 7] = 0;
        tensor[(anchors[9] * 256) + 8] = 0;
        AggregatedAttention attention = AggregatedAttention.FromTensors([(new AttentionShape(1, 16, 16), tensor)]);
        using SegmentationSession session = new(attention, MaskGrid.Whole(attention, 20, 20), Options with { KlThresholds = [0.0001f, 0.0001f] });
        MergingTrace trace = session.Trace();
        int[] there = [.. anchors.Where((_, i) => i is not (0 or 9))];
        Assert.Equal(there, trace.Steps[0].Anchors);
        Assert.Equal(there, trace.Steps[1].Anchors);
        Assert.All(trace.Steps, step => Assert.All(step.Matches, matches => Assert.Equal(1, matches)));
        for (int i = 0; i < there.Length; i++)
        {
            Assert.Equal(attention.Map(there[i]).ToArray(), trace.Steps[1].Proposals.Map(i).ToArray());
        }
    }

    [Fact]
    public void A_single_iteration_and_other_settings_can_be_traced()
    {
        using SegmentationSession session = Open();
        MaskGrid small = MaskGrid.Whole(16, 16, 9, 8);
        MergingTrace trace = session.Trace(Options with { KlThresholds = [0.3f], Refine = true }, small);
        Assert.Equal(64, Assert.Single(trace.Steps).Proposals.Count);
        Assert.Equal((9, 8, small), (trace.Result.Height, trace.Result.Width, trace.Grid));
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Trace());
    }

    private static SegmentationSession Open()
    {
        AggregatedAttention attention = RandomAttention.Aggregate(1, [new(1, 16, 16)]);
        return new SegmentationSession(attention, MaskGrid.Whole(attention, 50, 70), Options);
    }
}
