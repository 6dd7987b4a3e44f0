using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace DiffSeg.MLNet.Tests.MlNetRules.Onnx;

public sealed class OnnxRuleTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("diffseg-rules-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Columns_have_the_tensors_names_and_shapes()
    {
        using Fitted model = Fit(TinyModel.Arithmetic(1, 2, 2), ["double", "square"]);
        IDataView view = model.Transform(new Row { X = [1, 2, 3, 4] });
        Assert.Equal(["x:Vector<Single, 4>", "double:Vector<Single, 1, 2, 2>", "square:Vector<Single, 1, 2, 2>"], Columns(view));
        Assert.Equal([2, 4, 6, 8], view.GetColumn<float[]>("double").Single());
        Assert.Equal([1, 4, 9, 16], view.GetColumn<float[]>("square").Single());
    }

    [Fact]
    public void The_model_runs_once_a_row_and_cursor_however_much_is_read()
    {
        using Fitted model = Fit(TinyModel.Arithmetic(1, 4), ["double", "square"]);
        var row = new CountingRow();
        IDataView view = model.Transformer.Transform(_ml.Data.LoadFromEnumerable([row]));
        (DataViewSchema.Column first, DataViewSchema.Column second) = (view.Schema["double"], view.Schema["square"]);
        using DataViewRowCursor cursor = view.GetRowCursorSet([first, second], 1)[0];
        ValueGetter<VBuffer<float>> getDouble = cursor.GetGetter<VBuffer<float>>(first);
        ValueGetter<VBuffer<float>> getSquare = cursor.GetGetter<VBuffer<float>>(second);
        VBuffer<float> value = default;
        cursor.MoveNext();
        Assert.Equal(0, row.Reads);
        getDouble(ref value);
        getSquare(ref value);
        getDouble(ref value);
        Assert.Equal(1, row.Reads);
    }

    [Fact]
    public void Inputs_are_needed_only_for_an_output()
    {
        using Fitted model = Fit(TinyModel.Arithmetic(1, 4), ["double"]);
        IDataView source = _ml.Data.LoadFromEnumerable([new Row { X = [1, 2, 3, 4], Name = "a" }]);
        IRowToRowMapper mapper = ((ITransformer)model.Transformer).GetRowToRowMapper(source.Schema);
        Assert.Equal(["x"], mapper.GetDependencies([mapper.OutputSchema["double"]]).Select(c => c.Name));
        Assert.Equal(["Name"], mapper.GetDependencies([mapper.OutputSchema["Name"]]).Select(c => c.Name));
    }

    [Fact]
    public void Options_without_columns_mean_all_tensors()
    {
        string path = TinyModel.Arithmetic(1, 4).Save(Place("m.onnx"));
        var options = new OnnxOptions { ModelFile = path, InputColumns = [], OutputColumns = [], IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using OnnxTransformer transformer = _ml.Transforms.ApplyOnnxModel(options).Fit(View(new Row { X = [1, 2, 3, 4] }));
        Assert.Equal(["x", "Name", "double", "square"], transformer.GetOutputSchema(View(new Row()).Schema).Select(c => c.Name));
    }

    [Fact]
    public void An_unknown_first_dimension_counts_as_one()
    {
        using Fitted model = Fit(TinyModel.Arithmetic(-1, 2, 2), ["double"]);
        IDataView view = model.Transform(new Row { X = [1, 2, 3, 4] });
        Assert.Equal("Vector<Single, 1, 2, 2>", view.Schema["double"].Type.ToString());
        Assert.Equal([2, 4, 6, 8], view.GetColumn<float[]>("double").Single());
    }

    [Fact]
    public void An_unknown_other_dimension_gives_vectors_of_any_size()
    {
        using Fitted model = Fit(TinyModel.Arithmetic(1, -1), ["double"]);
        IDataView sized = model.Transform(new Row { X = [1, 2, 3, 4] });
        Assert.Equal("Vector<Single>", sized.Schema["double"].Type.ToString());
        IDataView open = model.Transformer.Transform(_ml.Data.LoadFromEnumerable([new OpenRow { X = [1, 2] }, new OpenRow { X = [3] }]));
        Assert.Equal(new float[][] { [2, 4], [6] }, open.GetColumn<float[]>("double"));
    }

    [Fact]
    public void A_shape_dictionary_fixes_what_is_unknown_and_nothing_else()
    {
        string path = TinyModel.Arithmetic(1, -1).Save(Place("m.onnx"));
        OnnxOptions Options(int[] shape) => new()
        {
            ModelFile = path,
            InputColumns = ["x"],
            OutputColumns = ["double"],
            ShapeDictionary = new Dictionary<string, int[]> { ["x"] = shape, ["double"] = shape },
        };
        using OnnxTransformer transformer = _ml.Transforms.ApplyOnnxModel(Options([1, 4])).Fit(View(new Row()));
        Assert.Equal("Vector<Single, 1, 4>", transformer.GetOutputSchema(View(new Row()).Schema)["double"].Type.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ApplyOnnxModel(Options([2, 4])));
    }

    [Fact]
    public void A_number_is_fed_as_one_by_one()
    {
        using Fitted model = Fit(TinyModel.Arithmetic(1, 1), ["double"], View(new ScalarRow()));
        Assert.Equal([14], model.Transformer.Transform(View(new ScalarRow { X = 7 })).GetColumn<float[]>("double").Single());
    }

    [Fact]
    public void A_file_that_is_missing_or_no_model_is_an_error()
    {
        Assert.Throws<IOException>(() => Apply(Place("none.onnx"), ["double"]));
        File.WriteAllText(Place("text.onnx"), "this is no model");
        Assert.StartsWith("Error initializing model", Assert.Throws<InvalidOperationException>(() => Apply(Place("text.onnx"), ["double"])).Message);
    }

    [Fact]
    public void An_unknown_tensor_is_an_argument_error_that_lists_the_known_ones()
    {
        string path = TinyModel.Arithmetic(1, 4).Save(Place("m.onnx"));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Apply(path, ["triple"]));
        Assert.Contains("triple, does not exist in the ONNX model. Available output names are [double,square]", error.ToString());
    }

    [Fact]
    public void A_missing_or_wrong_column_is_an_argument_error()
    {
        string path = TinyModel.Arithmetic(1, 4).Save(Place("m.onnx"));
        var missing = Assert.Throws<ArgumentOutOfRangeException>(() => Apply(path, ["double"]).Fit(View(new Named())));
        Assert.StartsWith("Could not find input column 'x'", missing.Message);
        var wrong = Assert.Throws<ArgumentOutOfRangeException>(() =>
            new EstimatorChain<ITransformer>().Append(Apply(path, ["double"])).Fit(View(new DoubleRow())));
        Assert.StartsWith("Schema mismatch for input column 'x': expected Single, got Double", wrong.Message);
    }

    [Fact]
    public void A_vector_of_a_wrong_length_is_an_error_at_fit()
    {
        string path = TinyModel.Arithmetic(1, 3).Save(Place("m.onnx"));
        var error = Assert.Throws<InvalidOperationException>(() => Apply(path, ["double"]).Fit(View(new Row())));
        Assert.Equal("Input shape mismatch: Input 'x' has shape 1,3, but input data is of length 4.", error.Message);
    }

    [Fact]
    public void A_half_precision_output_is_refused()
    {
        string path = new TinyModel().Input("x", TinyModel.Float16, 1, 4).Node("Add", ["x", "x"], "double").Output("double", TinyModel.Float16, 1, 4).Save(Place("m.onnx"));
        Assert.Contains("Unsupported ONNX scalar type: Float16", Assert.Throws<InvalidOperationException>(() => Apply(path, ["double"])).Message);
    }

    [Fact]
    public void Without_cuda_a_device_falls_back_to_the_cpu_or_fails_as_told()
    {
        string path = TinyModel.Arithmetic(1, 4).Save(Place("m.onnx"));
        OnnxScoringEstimator OnDevice(bool fallback) =>
            _ml.Transforms.ApplyOnnxModel(["double"], ["x"], path, gpuDeviceId: 99, fallbackToCpu: fallback);
        Assert.SkipWhen(Record.Exception(() => OnDevice(false)) is EntryPointNotFoundException,
            "This native ONNX Runtime has no entry point for CUDA at all: ML.NET lets that error through, falling back or not.");
        using OnnxTransformer transformer = OnDevice(true).Fit(View(new Row()));
        Assert.Equal([2, 4, 6, 8], transformer.Transform(View(new Row { X = [1, 2, 3, 4] })).GetColumn<float[]>("double").Single());
        Assert.StartsWith("Error initializing model", Assert.Throws<InvalidOperationException>(() => OnDevice(false)).Message);
    }

    [Fact]
    public void The_model_is_saved_inside_and_its_own_file_is_free_after_disposal()
    {
        Fitted model = Fit(TinyModel.Arithmetic(1, 4), ["square"]);
        using var stream = new MemoryStream();
        _ml.Model.Save(model.Transformer, View(new Row()).Schema, stream);
        model.Dispose();
        File.Delete(Place("m.onnx"));
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        Assert.Equal([1, 4, 9, 16], loaded.Transform(View(new Row { X = [1, 2, 3, 4] })).GetColumn<float[]>("square").Single());
        ((IDisposable)loaded).Dispose();
    }

    [Fact]
    public void It_predicts_in_an_engine()
    {
        ITransformer model = Apply(TinyModel.Arithmetic(1, 4).Save(Place("m.onnx")), ["square"]).Fit(View(new Row()));
        using var engine = _ml.Model.CreatePredictionEngine<Row, Result>(model);
        Assert.Equal([1, 4, 9, 16], engine.Predict(new Row { X = [1, 2, 3, 4] }).Square);
        Assert.Equal([25, 0, 0, 0], engine.Predict(new Row { X = [5, 0, 0, 0] }).Square);
    }

    private static IEnumerable<string> Columns(IDataView view) =>
        view.Schema.Where(c => c.Name != "Name").Select(c => $"{c.Name}:{c.Type}");

    private string Place(string name) => Path.Combine(_folder, name);

    private IDataView View<TRow>(TRow row) where TRow : class => _ml.Data.LoadFromEnumerable([row]);

    private OnnxScoringEstimator Apply(string path, string[] outputs) =>
        _ml.Transforms.ApplyOnnxModel(outputs, ["x"], path, gpuDeviceId: null, fallbackToCpu: false);

    private Fitted Fit(TinyModel model, string[] outputs, IDataView? view = null) =>
        new(_ml, Apply(model.Save(Place("m.onnx")), outputs).Fit(view ?? View(new Row())));

    private sealed class Fitted(MLContext ml, OnnxTransformer transformer) : IDisposable
    {
        public OnnxTransformer Transformer => transformer;

        public IDataView Transform(Row row) => transformer.Transform(ml.Data.LoadFromEnumerable([row]));

        public void Dispose() => transformer.Dispose();
    }

    private sealed class Row
    {
        [ColumnName("x")]
        [VectorType(4)]
        public float[] X { get; set; } = [0, 0, 0, 0];

        public string? Name { get; set; }
    }

    private sealed class CountingRow
    {
        [NoColumn]
        public int Reads { get; private set; }

        [ColumnName("x")]
        [VectorType(4)]
        public float[] X
        {
            get
            {
                Reads++;
                return [1, 2, 3, 4];
            }
        }
    }

    private sealed class OpenRow
    {
        [ColumnName("x")]
        public float[]? X { get; set; }
    }

    private sealed class ScalarRow
    {
        [ColumnName("x")]
        public float X { get; set; }
    }

    private sealed class DoubleRow
    {
        [ColumnName("x")]
        [VectorType(4)]
        public double[]? X { get; set; }
    }

    private sealed class Named
    {
        public string? Name { get; set; }
    }

    private sealed class Result
    {
        [ColumnName("square")]
        public float[] Square { get; set; } = [];
    }
}
