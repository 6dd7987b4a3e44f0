using BenchmarkDotNet.Attributes;
using DiffSeg.Cli.Benchmarking.Inputs;
using DiffSeg.Cli.Benchmarking.Measuring;
using DiffSeg.Cli.Benchmarking.Oracles;

namespace DiffSeg.Benchmarks;

/// <summary>The whole post-processing in this library and in plain formulations of it: the ratio column.</summary>
public class FormulationBenchmarks
{
    private AttentionInput? _input;
    private Contestant? _library;
    private Formulation? _formulation;

    /// <summary>What is segmented.</summary>
    [ParamsSource(nameof(Inputs))]
    public string Input { get; set; } = "";

    /// <summary>Threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>The names of the inputs.</summary>
    public static IEnumerable<string> Inputs() => InputName.Few;

    /// <summary>Prepares the library.</summary>
    [GlobalSetup(Target = nameof(Library))]
    public void SetUpLibrary() => _library = new Contestant(InputName.Load(Input), new BenchSettings(), Threads);

    /// <summary>Prepares the formulation by products.</summary>
    [GlobalSetup(Target = nameof(TwoProducts))]
    public void SetUpTwoProducts() => _formulation = new TwoProductFormulation(Settings());

    /// <summary>Prepares the published formulation.</summary>
    [GlobalSetup(Target = nameof(Published))]
    public void SetUpPublished() => _formulation = new PublishedFormulation(Settings(), fused: false);

    /// <summary>Prepares the published formulation, fused.</summary>
    [GlobalSetup(Target = nameof(PublishedFused))]
    public void SetUpPublishedFused() => _formulation = new PublishedFormulation(Settings(), fused: true);

    /// <summary>Frees what ONNX Runtime holds.</summary>
    [GlobalCleanup]
    public void CleanUp() => _formulation?.Dispose();

    /// <summary>This library.</summary>
    /// <returns>Segments.</returns>
    [Benchmark(Baseline = true)]
    public int Library() => _library!.Run().SegmentCount;

    /// <summary>Distances by two dense products.</summary>
    /// <returns>The mask.</returns>
    [Benchmark]
    public int[]? TwoProducts() => _formulation!.Run(_input!, CancellationToken.None);

    /// <summary>As published, array operation by array operation.</summary>
    /// <returns>The mask.</returns>
    [Benchmark]
    public int[]? Published() => _formulation!.Run(_input!, CancellationToken.None);

    /// <summary>As published, array operations fused.</summary>
    /// <returns>The mask.</returns>
    [Benchmark]
    public int[]? PublishedFused() => _formulation!.Run(_input!, CancellationToken.None);

    private FormulationSettings Settings()
    {
        _input = InputName.Load(Input);
        return new BenchSettings().Plain(_input, Threads);
    }
}
