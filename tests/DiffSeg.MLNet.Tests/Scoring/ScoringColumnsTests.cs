using DiffSeg.MLNet.Chain;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Scoring;

/// <summary>ApplyAttentionModel has the columns and the values of ApplyOnnxModel.</summary>
public sealed class ScoringColumnsTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly SmallModel _small = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Columns_types_and_values_are_those_of_ApplyOnnxModel(int lookAhead)
    {
        IDataView data = SmallModel.Pixels(_ml, 5);
        using var theirs = ApplyOnnxModel().Fit(data);
        using var ours = Apply(lookAhead).Fit(data);

        IDataView expected = theirs.Transform(data);
        IDataView found = ours.Transform(data);

        Assert.Equal(
            expected.Schema.Select(column => $"{column.Name} {column.Type}"), found.Schema.Select(column => $"{column.Name} {column.Type}"));
        Assert.Equal(
            RowValues.Read(expected, "Number", "Name", "Pair", "fine_16", "fine_8"),
            RowValues.Read(found, "Number", "Name", "Pair", "fine_16", "fine_8"));
    }

    [Fact]
    public void Masks_read_the_attention_where_it_lies_and_are_the_same()
    {
        IDataView data = SmallModel.Pixels(_ml, 6);
        var options = new DiffSegMaskOptions { AnchorsPerSide = 4, Columns = MaskColumns.SegmentCount };
        using var theirs = ApplyOnnxModel().Append(_ml.Transforms.DiffSegMask("Mask", _small.Model, null, options)).Fit(data);
        using var ours = Apply(2).Append(_ml.Transforms.DiffSegMask("Mask", _small.Model, null, options)).Fit(data);

        Assert.Equal(
            RowValues.Read(theirs.Transform(data), "Name", "Mask", "MaskSegmentCount"),
            RowValues.Read(ours.Transform(data), "Name", "Mask", "MaskSegmentCount"));
    }

    [Fact]
    public void A_copy_of_attention_outlives_its_row()
    {
        IDataView data = SmallModel.Pixels(_ml, 4);
        using var ours = Apply(2).Fit(data);
        IDataView view = ours.Transform(data);
        DataViewSchema.Column column = view.Schema["fine_8"];
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(column);

        var kept = new List<VBuffer<float>>();
        var then = new List<float[]>();
        while (cursor.MoveNext())
        {
            VBuffer<float> value = default;
            getter(ref value);
            kept.Add(value);
            then.Add([.. value.DenseValues()]);
        }

        Assert.Equal(then, kept.Select(value => value.DenseValues().ToArray()));
        Assert.NotEqual(then[0], then[1]);
    }

    [Fact]
    public void Identity_and_position_of_a_row_are_those_of_the_data()
    {
        IDataView data = SmallModel.Pixels(_ml, 5);
        using var ours = Apply(2).Fit(data);
        IDataView view = ours.Transform(data);

        Assert.Equal(Identities(data, "image"), Identities(view, "fine_8"));
    }

    [Fact]
    public void Taken_rows_are_in_step_with_their_attention()
    {
        IDataView data = SmallModel.Pixels(_ml, 12);
        using var ours = Apply(2).Fit(data);
        List<string> expected = RowValues.Read(ours.Transform(data), "Number", "fine_8");
        Assert.Equal(expected[..3], RowValues.Read(_ml.Data.TakeRows(ours.Transform(data), 3), "Number", "fine_8"));
    }

    [Fact]
    public void Shuffled_rows_are_in_step_with_their_attention()
    {
        IDataView data = SmallModel.Pixels(_ml, 12);
        using var ours = Apply(2).Fit(data);
        List<string> expected = RowValues.Read(ours.Transform(data), "Number", "fine_8");
        IDataView shuffled = ours.Transform(_ml.Data.ShuffleRows(data, seed: 3));
        Assert.Equal(expected.Order(), RowValues.Read(shuffled, "Number", "fine_8").Order());
    }

    [Fact]
    public void A_prediction_engine_scores_one_row_after_the_other()
    {
        IDataView data = SmallModel.Pixels(_ml, 4);
        using var ours = Apply(1).Fit(data);
        List<float[]> expected = [.. ours.Transform(data).GetColumn<float[]>("fine_8")];
        using PredictionEngine<SmallModel.PixelsRow, Scored> engine =
            _ml.Model.CreatePredictionEngine<SmallModel.PixelsRow, Scored>(ours, new PredictionEngineOptions { OwnsTransformer = false });

        foreach (int row in new[] { 0, 3, 1, 1, 2 })
        {
            Assert.Equal(expected[row], engine.Predict(SmallModel.Row(row)).Attention);
        }
    }

    [Fact]
    public void Zeros_that_are_left_out_are_zeros()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(SmallModel.Rows(2));
        IDataView sparse = _ml.Transforms.CustomMapping<SmallModel.PixelsRow, Sparse>(
            (row, output) => output.Image = row.Number == 0
                ? new VBuffer<float>(3 * SmallModel.Side * SmallModel.Side, 0, [], [])
                : new VBuffer<float>(row.Image.Length, row.Image),
            null).Fit(data).Transform(data);
        IDataView dense = SmallModel.Pixels(_ml, [new() { Image = new float[3 * SmallModel.Side * SmallModel.Side] }, SmallModel.Row(1)]);
        using var ours = Apply(1).Fit(sparse);

        Assert.Equal(RowValues.Read(ours.Transform(dense), "fine_8"), RowValues.Read(ours.Transform(sparse), "fine_8"));
    }

    public void Dispose() => _small.Dispose();

    private static List<string> Identities(IDataView view, string read)
    {
        DataViewSchema.Column[] columns = [view.Schema[read]];
        using DataViewRowCursor cursor = view.GetRowCursorSet(columns, 1)[0];
        ValueGetter<DataViewRowId> id = cursor.GetIdGetter();
        Func<string> value = RowValues.Reader(cursor, columns);
        List<string> found = [];
        while (cursor.MoveNext())
        {
            value();
            DataViewRowId identity = default;
            id(ref identity);
            found.Add($"{cursor.Position} {cursor.Batch} {identity}");
        }

        return found;
    }

    private AttentionScoringEstimator Apply(int lookAhead)
        => _ml.Transforms.ApplyAttentionModel(_small.Model, new() { LookAhead = lookAhead });

    private Microsoft.ML.Transforms.Onnx.OnnxScoringEstimator ApplyOnnxModel()
        => FinalizersOnHold.While(() => _ml.Transforms.ApplyOnnxModel([.. _small.Model.OutputNames], [_small.Model.InputName], _small.Model.Path, null, false));

    internal sealed class Scored
    {
        [ColumnName("fine_8")]
        public float[] Attention { get; set; } = [];
    }

    internal sealed class Sparse
    {
        [ColumnName("image")]
        [VectorType(3, SmallModel.Side, SmallModel.Side)]
        public VBuffer<float> Image { get; set; }
    }
}
