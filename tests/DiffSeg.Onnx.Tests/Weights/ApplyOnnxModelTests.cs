using DiffSeg.Onnx.Tests.Support;
using DiffSeg.Onnx.Weights;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.Onnx.Tests.Weights;

/// <summary>ML.NET refuses some models that ONNX Runtime runs: what is written must pass it, in every form.</summary>
public sealed class ApplyOnnxModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(WeightStorage.Float32, 0)]
    [InlineData(WeightStorage.Float32, 1 << 20)]
    [InlineData(WeightStorage.Float16, 0)]
    [InlineData(WeightStorage.Float16, 1 << 20)]
    [InlineData(WeightStorage.Int8, 0)]
    [InlineData(WeightStorage.Int8, 1 << 20)]
    public void Written_models_run_in_a_pipeline(WeightStorage storage, long limit)
    {
        WrittenModel written = WeightedNetwork.Make().Write(_folder.File("written.onnx"), storage, limit);
        var context = new MLContext(seed: 1);
        IDataView images = context.Data.LoadFromEnumerable([new Row { Image = WeightedNetwork.Image() }]);

        var estimator = context.Transforms.ApplyOnnxModel(WeightedNetwork.Output, WeightedNetwork.Input, written.Path);
        using var transformer = estimator.Fit(images);
        float[] actual = transformer.Transform(images).GetColumn<float[]>(WeightedNetwork.Output).Single();

        Assert.Equal(WeightedNetwork.Run(written.Path), actual);
    }

    private sealed class Row
    {
        [VectorType(1, 8, 8, 8)]
        [ColumnName(WeightedNetwork.Input)]
        public float[] Image { get; init; } = [];
    }
}
