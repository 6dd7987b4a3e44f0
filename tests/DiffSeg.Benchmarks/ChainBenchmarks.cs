using BenchmarkDotNet.Attributes;
using DiffSeg.MLNet;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

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
    [GlobalSetup(Targets = [nameof(AttentionModel), nameof(ParallelCursors)])]
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

    /// <summary>With ApplyAttentionModel, rows shared out among as many cursors as there are cores.</summary>
    /// <returns>Pixels of all masks.</returns>
    [Benchmark]
    public long ParallelCursors()
    {
        IDataView masks = _chain!.Transform(_rows);
        long pixels = 0;
        Parallel.ForEach(masks.GetRowCursorSet([masks.Schema["Mask"]], Environment.ProcessorCount), cursor =>
        {
            using (cursor)
            {
                ValueGetter<VBuffer<ushort>> getter = cursor.GetGetter<VBuffer<ushort>>(masks.Schema["Mask"]);
                VBuffer<ushort> mask = default;
                while (cursor.MoveNext())
                {
                    getter(ref mask);
                    Interlocked.Add(ref pixels, mask.Length);
                }
            }
        });
        return pixels;
    }

    private void SetUp(bool useApplyOnnxModel)
    {
        string[] photos = [.. Directory.EnumerateFiles(InputName.Samples)
            .Where(file => Path.GetExtension(file) is ".jpg" or ".png").Order(StringComparer.Ordinal)];
        _rows = _ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, Rows).Select(row => new ImageSource { ImagePath = photos[row % photos.Length] }));
        AttentionModel model = InputName.Model(Model);
        _chain = _ml.Transforms.DiffSeg("Mask", nameof(ImageSource.ImagePath), model, useApplyOnnxModel: useApplyOnnxModel).Fit(_rows);
    }

    private int Segments() => _ml.Data
        .CreateEnumerable<SegmentedImage>(_chain!.Transform(_rows), reuseRowObject: false)
        .Sum(picture => picture.Segments().Count);
}
