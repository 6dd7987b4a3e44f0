using BenchmarkDotNet.Attributes;
using DiffSeg.Cli.Benchmarking.Inputs;
using DiffSeg.Cli.Benchmarking.Machine;

namespace DiffSeg.Benchmarks;

/// <summary>Each stage alone, against copying as much memory as the aggregated map has.</summary>
/// <remarks>
/// A mask of one pixel costs nothing, so a segmentation with one is its merging alone. Proposals that are merged already,
/// with one iteration, are left as they are, so such a segmentation is its mask alone.
/// </remarks>
public class StageBenchmarks
{
    private AttentionInput? _input;
    private AttentionAggregator? _aggregator;
    private AggregatedAttention? _attention;
    private CopyBandwidth? _copy;
    private DiffSegOptions _options = new();
    private ProposalSet? _first;
    private ProposalSet? _last;

    /// <summary>What is segmented.</summary>
    [ParamsSource(nameof(Inputs))]
    public string Input { get; set; } = "";

    /// <summary>Threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>The names of the inputs.</summary>
    public static IEnumerable<string> Inputs() => InputName.All;

    /// <summary>Makes what each stage starts from.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _copy = new CopyBandwidth(Threads);
        _input = InputName.Load(Input);
        _aggregator = new AttentionAggregator(_input.Shapes, new AggregationOptions { MaxDegreeOfParallelism = Threads });
        _attention = InputName.Aggregate(_input);
        _options = new DiffSegOptions { KlThreshold = _input.KlThreshold, MaxDegreeOfParallelism = Threads };
        _first = Segment(_options with { Iterations = 1 }, 1, 1).Proposals;
        _last = Segment(_options, 1, 1).Proposals;
    }

    /// <summary>Copies 64 MiB.</summary>
    /// <returns>Bytes per second.</returns>
    [Benchmark(Baseline = true)]
    public double Copy() => _copy!.Measure();

    /// <summary>From the model's tensors to the aggregated map.</summary>
    [Benchmark]
    public void Aggregation()
    {
        for (int i = _input!.Shapes.Count - 1; i >= 0; i--)
        {
            _aggregator!.Add(i, _input.Tensors[i]);
        }

        _aggregator!.Aggregate().Dispose();
    }

    /// <summary>The first iteration.</summary>
    /// <returns>Proposals.</returns>
    [Benchmark]
    public int FirstMerge() => Segment(_options with { Iterations = 1 }, 1, 1).Proposals.Count;

    /// <summary>All iterations but the first.</summary>
    /// <returns>Proposals.</returns>
    [Benchmark]
    public int LaterMerges() => Mask(_first!, _options, 1, 1).Proposals.Count;

    /// <summary>Mask and segments at 512 x 512.</summary>
    /// <returns>Segments.</returns>
    [Benchmark]
    public int Masks() => Mask(_last!, _options with { Iterations = 1 }, 512, 512).SegmentCount;

    /// <summary>Mask and segments at 2048 x 1536.</summary>
    /// <returns>Segments.</returns>
    [Benchmark]
    public int LargeMasks() => Mask(_last!, _options with { Iterations = 1 }, 1536, 2048).SegmentCount;

    /// <summary>Mask and segments at 512 x 512 of all anchors' maps.</summary>
    /// <returns>Segments.</returns>
    [Benchmark]
    public int MasksOfManyProposals() => Mask(_first!, _options with { Iterations = 1 }, 512, 512).SegmentCount;

    /// <summary>From the aggregated map to the mask, with refinement by k-means.</summary>
    /// <returns>Segments.</returns>
    [Benchmark]
    public int WithRefinement() => Segment(_options with { Refine = true }, 512, 512).SegmentCount;

    private Segmentation Segment(DiffSegOptions options, int height, int width) =>
        new DiffSegSegmenter(options).Segment(_attention!, MaskGrid.Whole(_attention!, height, width));

    private static Segmentation Mask(ProposalSet proposals, DiffSegOptions options, int height, int width) =>
        new DiffSegSegmenter(options).SegmentMerged(
            proposals.Values,
            proposals.Height,
            proposals.Width,
            MaskGrid.Whole(proposals.Height, proposals.Width, height, width));
}
