using DiffSeg.Cli.Benchmarking.Inputs;

namespace DiffSeg.Cli.Benchmarking.Measuring;

/// <summary>This library's post-processing on one input, picture after picture as a service would: buffers are kept.</summary>
internal sealed class Contestant
{
    private readonly AttentionInput _input;
    private readonly AttentionAggregator _aggregator;
    private readonly DiffSegSegmenter _segmenter;
    private readonly int[] _coarseFirst;
    private readonly BenchSettings _settings;

    /// <summary>Prepares.</summary>
    /// <param name="input">The attention.</param>
    /// <param name="settings">What to compute.</param>
    /// <param name="threads">Threads.</param>
    public Contestant(AttentionInput input, BenchSettings settings, int threads)
    {
        (_input, _settings) = (input, settings);
        _aggregator = new AttentionAggregator(input.Shapes, new AggregationOptions { MaxDegreeOfParallelism = threads });
        _segmenter = new DiffSegSegmenter(new DiffSegOptions
        {
            KlThreshold = input.KlThreshold,
            AnchorsPerSide = settings.AnchorsPerSideOf(input),
            MaxDegreeOfParallelism = threads,
        });
        _coarseFirst = [.. Enumerable.Range(0, input.Shapes.Count).OrderBy(i => input.Shapes[i].Tokens)];
    }

    /// <summary>Does one picture.</summary>
    /// <param name="clock">Times its stages; null to leave that out.</param>
    /// <returns>The mask.</returns>
    public Segmentation Run(StageClock? clock = null)
    {
        clock?.Begin("aggregation");
        foreach (int tensor in _coarseFirst)
        {
            _aggregator.Add(tensor, _input.Tensors[tensor]);
        }

        using AggregatedAttention attention = _aggregator.Aggregate();
        Segmentation mask = _segmenter.Segment(
            attention, MaskGrid.Whole(attention, _settings.OutputSide, _settings.OutputSide), clock);
        clock?.End();
        return mask;
    }

    /// <summary>The proposal that each pixel of a mask is given to.</summary>
    /// <param name="mask">The mask.</param>
    public static int[] ProposalsOf(Segmentation mask)
    {
        int[] proposals = new int[mask.Labels.Length];
        for (int i = 0; i < proposals.Length; i++)
        {
            proposals[i] = mask.ProposalOf(mask.Labels[i]);
        }

        return proposals;
    }
}
