using BenchmarkDotNet.Attributes;
using DiffSeg.Cli.Benchmarking.Inputs;

namespace DiffSeg.Benchmarks;

/// <summary>What a question costs that a session is asked, against segmenting the same attention from scratch.</summary>
/// <remarks>Each question that must not be known yet is asked of thresholds that differ in their last bits, in turn.</remarks>
public class SessionBenchmarks
{
    private DiffSegSegmenter? _segmenter;
    private SegmentationSession? _session;
    private AttentionInput? _input;
    private DiffSegOptions _options = new();
    private float _threshold;
    private int _size;

    /// <summary>What is segmented.</summary>
    [ParamsSource(nameof(Inputs))]
    public string Input { get; set; } = "";

    /// <summary>Threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>The names of the inputs.</summary>
    public static IEnumerable<string> Inputs() => InputName.All;

    /// <summary>Aggregates the attention, and asks as many questions as it takes to keep all that can be kept.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _input = InputName.Load(Input);
        _threshold = _input.KlThreshold;
        _options = new DiffSegOptions { KlThreshold = _threshold, MaxDegreeOfParallelism = Threads };
        _segmenter = new DiffSegSegmenter(_options);
        _session = Open();
        _session.Segment();
        _session.Segment(Next());
    }

    /// <summary>Gives the attention back.</summary>
    [GlobalCleanup]
    public void CleanUp() => _session!.Dispose();

    /// <summary>A segmenter, which keeps nothing.</summary>
    /// <returns>Segments.</returns>
    [Benchmark(Baseline = true)]
    public int FromScratch() => _segmenter!.Segment(_session!.Attention, _session.Grid).SegmentCount;

    /// <summary>A new session's first two thresholds: the second has the distances measured. Aggregates, too.</summary>
    /// <returns>Segments.</returns>
    [Benchmark]
    public int TwoQuestionsOfANewSession()
    {
        using SegmentationSession session = Open();
        return session.Segment().SegmentCount + session.Segment(Next()).SegmentCount;
    }

    /// <summary>A further threshold: a step of a slider.</summary>
    /// <returns>Segments.</returns>
    [Benchmark]
    public int FurtherThreshold() => _session!.Segment(Next()).SegmentCount;

    /// <summary>A threshold that was asked for a moment ago, with another number of iterations.</summary>
    /// <returns>Segments.</returns>
    [Benchmark]
    public int OtherIterations()
    {
        _size = (_size + 1) % 4;
        return _session!.Segment(_options with { KlThreshold = _threshold, Iterations = 2 + _size }).SegmentCount;
    }

    /// <summary>A threshold that was asked for a moment ago, at another size.</summary>
    /// <returns>Segments.</returns>
    [Benchmark]
    public int OtherSize()
    {
        _size = (_size + 1) % 4;
        MaskGrid grid = MaskGrid.Whole(_session!.Attention, 500 + _size, 500 + _size);
        return _session.Segment(_options with { KlThreshold = _threshold }, grid).SegmentCount;
    }

    private SegmentationSession Open()
    {
        AggregatedAttention attention = InputName.Aggregate(_input!);
        return new SegmentationSession(attention, MaskGrid.Whole(attention, 512, 512), _options);
    }

    private DiffSegOptions Next()
    {
        _threshold = MathF.BitIncrement(_threshold);
        return _options with { KlThreshold = _threshold };
    }
}
