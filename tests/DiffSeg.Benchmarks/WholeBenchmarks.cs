using BenchmarkDotNet.Attributes;
using DiffSeg.Cli.Benchmarking.Inputs;
using DiffSeg.Cli.Benchmarking.Measuring;
using DiffSeg.Cli.Benchmarking.Products;

namespace DiffSeg.Benchmarks;

/// <summary>The post-processing against the two dense products of its first iteration: the ratio column.</summary>
public class WholeBenchmarks
{
    private DenseProducts? _dense;
    private Contestant? _whole;
    private DiffSegSegmenter? _segmenter;
    private AggregatedAttention? _attention;

    /// <summary>What is segmented.</summary>
    [ParamsSource(nameof(Inputs))]
    public string Input { get; set; } = "";

    /// <summary>Threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>The names of the inputs.</summary>
    public static IEnumerable<string> Inputs() => InputName.All;

    /// <summary>Prepares the products.</summary>
    [GlobalSetup(Target = nameof(DenseProducts))]
    public void SetUpProducts() => _dense = new DenseProducts(256, 4096, Threads);

    /// <summary>Prepares the whole.</summary>
    [GlobalSetup(Target = nameof(Whole))]
    public void SetUpWhole() => _whole = new Contestant(InputName.Load(Input), new BenchSettings(), Threads);

    /// <summary>Prepares the aggregated map.</summary>
    [GlobalSetup(Target = nameof(FromAggregate))]
    public void SetUpAggregate()
    {
        AttentionInput input = InputName.Load(Input);
        _attention = InputName.Aggregate(input);
        _segmenter = new DiffSegSegmenter(new DiffSegOptions { KlThreshold = input.KlThreshold, MaxDegreeOfParallelism = Threads });
    }

    /// <summary>[256, 4096] x [4096, 4096] twice, by ONNX Runtime.</summary>
    [Benchmark(Baseline = true)]
    public void DenseProducts() => _dense!.Run();

    /// <summary>Aggregation to mask.</summary>
    /// <returns>Segments.</returns>
    [Benchmark]
    public int Whole() => _whole!.Run().SegmentCount;

    /// <summary>From the aggregated map to the mask.</summary>
    /// <returns>Segments.</returns>
    [Benchmark]
    public int FromAggregate() => _segmenter!.Segment(_attention!, MaskGrid.Whole(_attention!, 512, 512)).SegmentCount;
}
