using BenchmarkDotNet.Attributes;
using DiffSeg.MLNet;
using DiffSeg.Onnx;
using Microsoft.ML;

namespace DiffSeg.Benchmarks;

/// <summary>The ready-made chain, pictures to masks, with ML.NET's scoring step and with ours.</summary>
public class ChainBenchmarks
{
    private readonly MLContext _ml = new();
    private ITransformer? _chain;
    private IDataView? _rows;

    /// <summary>Pictures.</summary>
    [Params(1, 4, 16, 64)]
    public int Rows { get; set; }

    /// <summary>The attention model.</summary>
    [ParamsSource(nameof(Models))]
    public string Model { get; set; } = "";

    /// <summary>The names of the models.</summary>
    public static IEnumerable<string> Models() => InputName.Models;

    /// <summary>Loads the model with ML.NET's step.</summary>
    [GlobalSetup(Target = nameof(OnnxModel))]
    public void SetUpOnnxModel() => SetUp(useApplyOnnxModel: true);

    /// <summary>Loads the model with our step.</summary>
    [GlobalSetup(Target = nameof(AttentionModel))]
    public void SetUpAttentionModel() => SetUp(useApplyOnnxModel: false);

    /// <summary>Frees the model.</summary>
    [GlobalCleanup]
    public void CleanUp() => (_chain as IDisposable)?.Dispose();

    /// <summary>With ApplyOnnxModel.</summary>
    /// <returns>Segments of all pictures.</returns>
    [Benchmark(Baseline = true)]
    public int OnnxModel() => Segments();

    /// <summary>With ApplyAttentionModel.</summary>
    /// <returns>Segments of all pictures.</returns>
    [Benchmark]
    public int AttentionModel() => Segments();

    private void SetUp(bool useApplyOnnxModel)
    {
        _rows = SampleRows.Of(_ml, Rows);
        AttentionModel model = InputName.Model(Model);
        _chain = _ml.Transforms.DiffSeg("Mask", nameof(ImageSource.ImagePath), model, useApplyOnnxModel: useApplyOnnxModel).Fit(_rows);
    }

    private int Segments() => _ml.Data
        .CreateEnumerable<SegmentedImage>(_chain!.Transform(_rows), reuseRowObject: false)
        .Sum(picture => picture.Segments().Count);
}
