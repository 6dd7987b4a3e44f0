using DiffSeg.Onnx.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.Onnx.Tests.Demo;

/// <summary>ML.NET's own step scores one row in one run: which models of several pictures it can use.</summary>
public sealed class DemoBatchApplyOnnxModelTests : IDisposable
{
    private const double Tolerance = 2e-7; // as in DemoBatchTests

    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _context = new(seed: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_runs_a_model_of_any_number_of_pictures_row_by_row()
    {
        float[][] pictures = [Photo("chelsea.png"), Photo("canyon-wren.jpg")];
        float[][][] expected = BatchRun.Alone(AttentionModel.Demo, pictures);
        AttentionModel model = Build(null);
        IDataView rows = Rows(pictures);

        using var transformer = _context.Transforms.ApplyOnnxModel([.. model.OutputNames], [model.InputName], model.Path).Fit(rows);
        IDataView scored = transformer.Transform(rows);

        for (int i = 0; i < model.Outputs.Count; i++)
        {
            float[][] actual = [.. scored.GetColumn<float[]>(model.OutputNames[i])];
            Assert.Equal(pictures.Length, actual.Length);
            Assert.All(actual, (attention, b) => Close.Assert(expected[b][i], attention, Tolerance));
        }
    }

    [Fact]
    public void It_cannot_use_one_of_two_pictures()
    {
        AttentionModel model = Build(2);
        IDataView rows = Rows([Photo("chelsea.png"), Photo("canyon-wren.jpg")]);

        Assert.ThrowsAny<Exception>(() =>
        {
            using var transformer = _context.Transforms.ApplyOnnxModel([.. model.OutputNames], [model.InputName], model.Path).Fit(rows);
            return transformer.Transform(rows).GetColumn<float[]>(model.OutputNames[^1]).Count();
        });
    }

    private IDataView Rows(float[][] pictures) => _context.Data.LoadFromEnumerable(pictures.Select(p => new Row { Image = p }));

    private AttentionModel Build(int? batchSize)
    {
        string path = _folder.File("demo.onnx");
        File.WriteAllBytes(path, DemoAttentionModel.BuildBatch(batchSize));
        return AttentionModel.Load(path);
    }

    private static float[] Photo(string name) => TestImages.Letterboxed(Repository.Path("models", "samples", name));

    private sealed class Row
    {
        [VectorType(3, 512, 512)]
        [ColumnName("image")]
        public float[] Image { get; init; } = [];
    }
}
