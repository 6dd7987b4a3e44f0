using DiffSeg.MLNet.Chain;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace DiffSeg.MLNet.Tests.MlNetRules.Onnx;

/// <summary>What ApplyOnnxModel makes of a model.</summary>
public sealed class OnnxRuleTests : OnnxRules
{
    [Fact]
    public void Columns_have_the_tensors_names_and_shapes()
    {
        using OnnxTransformer model = Fit(TinyModel.Arithmetic(1, 2, 2), ["double", "square"], new OnnxRow());
        IDataView view = model.Transform(View(new OnnxRow { X = [1, 2, 3, 4] }));
        Assert.Equal(
            ["x:Vector<Single, 4>", "double:Vector<Single, 1, 2, 2>", "square:Vector<Single, 1, 2, 2>"],
                view.Schema.Where(c => c.Name != "Name").Select(c => $"{c.Name}:{c.Type}"));
        Assert.Equal([2, 4, 6, 8], view.GetColumn<float[]>("double").Single());
        Assert.Equal([1, 4, 9, 16], view.GetColumn<float[]>("square").Single());
    }

    [Fact]
    public void The_model_runs_once_a_row_and_cursor_however_much_is_read()
    {
        using OnnxTransformer model = Fit(TinyModel.Arithmetic(1, 4), ["double", "square"], new OnnxRow());
        var row = new CountingOnnxRow();
        IDataView view = model.Transform(Ml.Data.LoadFromEnumerable([row]));
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
        using OnnxTransformer model = Fit(TinyModel.Arithmetic(1, 4), ["double"], new OnnxRow());
        IDataView source = Ml.Data.LoadFromEnumerable([new OnnxRow { X = [1, 2, 3, 4], Name = "a" }]);
        IRowToRowMapper mapper = ((ITransformer)model).GetRowToRowMapper(source.Schema);
        Assert.Equal(["x"], mapper.GetDependencies([mapper.OutputSchema["double"]]).Select(c => c.Name));
        Assert.Equal(["Name"], mapper.GetDependencies([mapper.OutputSchema["Name"]]).Select(c => c.Name));
    }

    [Fact]
    public void Options_without_columns_mean_all_tensors()
    {
        string path = TinyModel.Arithmetic(1, 4).Save(Place("m.onnx"));
        var options = new OnnxOptions
        {
            ModelFile = path,
            InputColumns = [],
            OutputColumns = [],
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
        };
        using OnnxTransformer transformer = FinalizersOnHold.While(() => Ml.Transforms.ApplyOnnxModel(options)).Fit(
            View(new OnnxRow { X = [1, 2, 3, 4] }));
        Assert.Equal(
            ["x", "Name", "double", "square"], transformer.GetOutputSchema(View(new OnnxRow()).Schema).Select(
                c => c.Name));
    }

    [Fact]
    public void An_unknown_first_dimension_counts_as_one()
    {
        using OnnxTransformer model = Fit(TinyModel.Arithmetic(-1, 2, 2), ["double"], new OnnxRow());
        IDataView view = model.Transform(View(new OnnxRow { X = [1, 2, 3, 4] }));
        Assert.Equal("Vector<Single, 1, 2, 2>", view.Schema["double"].Type.ToString());
        Assert.Equal([2, 4, 6, 8], view.GetColumn<float[]>("double").Single());
    }

    [Fact]
    public void An_unknown_other_dimension_gives_vectors_of_any_size()
    {
        using OnnxTransformer model = Fit(TinyModel.Arithmetic(1, -1), ["double"], new OnnxRow());
        IDataView sized = model.Transform(View(new OnnxRow { X = [1, 2, 3, 4] }));
        Assert.Equal("Vector<Single>", sized.Schema["double"].Type.ToString());
        IDataView open = model.Transform(
            Ml.Data.LoadFromEnumerable([new OpenOnnxRow { X = [1, 2] }, new OpenOnnxRow { X = [3] }]));
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
        using OnnxTransformer transformer = FinalizersOnHold.While(() => Ml.Transforms.ApplyOnnxModel(Options([1, 4]))).Fit(View(new OnnxRow()));
        Assert.Equal(
            "Vector<Single, 1, 4>", transformer.GetOutputSchema(View(new OnnxRow()).Schema)["double"].Type.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => Ml.Transforms.ApplyOnnxModel(Options([2, 4])));
    }

    [Fact]
    public void A_number_is_fed_as_one_by_one()
    {
        using OnnxTransformer model = Fit(TinyModel.Arithmetic(1, 1), ["double"], new ScalarOnnxRow());
        Assert.Equal(
            [14], model.Transform(View(new ScalarOnnxRow { X = 7 })).GetColumn<float[]>("double").Single());
    }

    [Fact]
    public void The_model_is_saved_inside_and_its_own_file_is_free_after_disposal()
    {
        OnnxTransformer model = Fit(TinyModel.Arithmetic(1, 4), ["square"], new OnnxRow());
        using var stream = new MemoryStream();
        Ml.Model.Save(model, View(new OnnxRow()).Schema, stream);
        model.Dispose();
        File.Delete(Place("m.onnx"));
        stream.Position = 0;
        ITransformer loaded = FinalizersOnHold.While(() => new MLContext().Model.Load(stream, out _));
        Assert.Equal(
            [1, 4, 9, 16],
                loaded.Transform(View(new OnnxRow { X = [1, 2, 3, 4] })).GetColumn<float[]>("square").Single());
        ((IDisposable)loaded).Dispose();
    }

    [Fact]
    public void It_predicts_in_an_engine()
    {
        ITransformer model = Apply(TinyModel.Arithmetic(1, 4).Save(Place("m.onnx")), ["square"]).Fit(
            View(new OnnxRow()));
        using var engine = Ml.Model.CreatePredictionEngine<OnnxRow, OnnxResult>(model);
        Assert.Equal([1, 4, 9, 16], engine.Predict(new OnnxRow { X = [1, 2, 3, 4] }).Square);
        Assert.Equal([25, 0, 0, 0], engine.Predict(new OnnxRow { X = [5, 0, 0, 0] }).Square);
    }
}
