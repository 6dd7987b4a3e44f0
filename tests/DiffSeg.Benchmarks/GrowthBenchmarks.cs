using BenchmarkDotNet.Attributes;
using DiffSeg.Cli.Benchmarking.Inputs;
using DiffSeg.Cli.Benchmarking.Measuring;
using DiffSeg.Cli.Benchmarking.Products;

namespace DiffSeg.Benchmarks;

/// <summary>How the whole grows with the map, the anchors and the segments, against the dense products of the same size.</summary>
/// <remarks>At a side of 128, input and aggregated map take 1 GiB each, and so does either product's matrix.</remarks>
public abstract class GrowthBenchmarks
{
    private DenseProducts? _dense;
    private Contestant? _whole;

    /// <summary>Threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Side of the finest map.</summary>
    protected abstract int MapSide { get; }

    /// <summary>Anchors per side.</summary>
    protected abstract int AnchorsPerSide { get; }

    /// <summary>Objects in the picture.</summary>
    protected abstract int ObjectCount { get; }

    /// <summary>Prepares the products.</summary>
    [GlobalSetup(Target = nameof(DenseProducts))]
    public void SetUpProducts() => _dense = new DenseProducts(AnchorsPerSide * AnchorsPerSide, MapSide * MapSide, Threads);

    /// <summary>Prepares the whole.</summary>
    [GlobalSetup(Target = nameof(Whole))]
    public void SetUpWhole() => _whole = new Contestant(
        FormulaAttention.Input(MapSide, ObjectCount), new BenchSettings(AnchorsPerSide), Threads);

    /// <summary>The two dense products by ONNX Runtime.</summary>
    [Benchmark(Baseline = true)]
    public void DenseProducts() => _dense!.Run();

    /// <summary>Aggregation to mask.</summary>
    /// <returns>Segments.</returns>
    [Benchmark]
    public int Whole() => _whole!.Run().SegmentCount;
}

/// <summary>Growth with the side of the map.</summary>
public class GrowthWithSideBenchmarks : GrowthBenchmarks
{
    /// <summary>Side of the map: 64 is an image of 512 pixels, 128 one of 1024.</summary>
    [Params(32, 64, 96, 128)]
    public int Side { get; set; }

    /// <inheritdoc/>
    protected override int MapSide => Side;

    /// <inheritdoc/>
    protected override int AnchorsPerSide => 16;

    /// <inheritdoc/>
    protected override int ObjectCount => 7;
}

/// <summary>Growth with the anchors.</summary>
public class GrowthWithAnchorsBenchmarks : GrowthBenchmarks
{
    /// <summary>Anchors per side.</summary>
    [Params(8, 16, 24, 32)]
    public int Anchors { get; set; }

    /// <inheritdoc/>
    protected override int MapSide => 64;

    /// <inheritdoc/>
    protected override int AnchorsPerSide => Anchors;

    /// <inheritdoc/>
    protected override int ObjectCount => 7;
}

/// <summary>Growth with the number of segments.</summary>
public class GrowthWithSegmentsBenchmarks : GrowthBenchmarks
{
    /// <summary>Objects in the picture.</summary>
    [Params(3, 7, 14, 28)]
    public int Objects { get; set; }

    /// <inheritdoc/>
    protected override int MapSide => 64;

    /// <inheritdoc/>
    protected override int AnchorsPerSide => 16;

    /// <inheritdoc/>
    protected override int ObjectCount => Objects;
}
