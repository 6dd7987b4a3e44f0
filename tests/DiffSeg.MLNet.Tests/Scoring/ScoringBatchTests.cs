using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Tests.Scoring;

/// <summary>Several rows in one run of the model: the attention of each is the one that it has alone.</summary>
public sealed class ScoringBatchTests : IDisposable
{
    private static readonly string[] Columns = ["Number", "Name", "Pair", "fine_16", "fine_8"];
    private readonly MLContext _ml = new(seed: 1);
    private readonly SmallModel _alone = new();
    private readonly Dictionary<int, SmallModel> _built = [];
    private int _made;

    // Rows that the model was built for (0 for any), those asked for, and those to read ahead.
    public static TheoryData<int, int?, int> Batches => new()
    {
        { 0, null, 1 }, { 0, 1, 0 }, { 0, 2, 0 }, { 0, 4, 1 }, { 0, 4, 8 }, { 0, 10, 1 }, { 0, 64, 3 },
        { 4, null, 0 }, { 4, null, 1 }, { 3, 3, 8 }, { 16, null, 1 }, { 1, 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Batches))]
    public void Every_row_has_the_attention_that_it_has_alone(int built, int? asked, int lookAhead)
    {
        IDataView data = SmallModel.Pixels(_ml, 10);
        using var alone = _ml.Transforms.ApplyAttentionModel(_alone.Model, new() { LookAhead = 0 }).Fit(data);
        using var together = Apply(built, asked, lookAhead).Fit(data);

        List<string> expected = RowValues.Read(alone.Transform(data), Columns);

        Assert.Equal(expected, RowValues.Read(together.Transform(data), Columns));
        // Sets of cursors too, in whatever order.
        foreach (int cursors in new[] { 2, 5 })
        {
            IDataView view = together.Transform(data);
            DataViewSchema.Column[] columns = RowValues.Columns(view.Schema, Columns);
            DataViewRowCursor[] set = view.GetRowCursorSet(columns, cursors);
            List<string> found = [.. set.SelectMany(cursor => RowValues.Read(cursor, columns))];
            Array.ForEach(set, cursor => cursor.Dispose());
            Assert.Equal(expected.Order(), found.Order());
        }
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, null)]
    public void Masks_are_those_of_a_model_of_one_picture(int built, int? asked)
    {
        IDataView data = SmallModel.Pixels(_ml, 7);
        var options = new DiffSegMaskOptions { AnchorsPerSide = 4, Columns = MaskColumns.SegmentCount };
        using var alone = _ml.Transforms.ApplyAttentionModel(_alone.Model)
            .Append(_ml.Transforms.DiffSegMask("Mask", _alone.Model, null, options)).Fit(data);
        using var together = Apply(built, asked, 1)
            .Append(_ml.Transforms.DiffSegMask("Mask", Model(built).Model, null, options)).Fit(data);

        Assert.Equal(
            RowValues.Read(alone.Transform(data), "Name", "Mask", "MaskSegmentCount"),
            RowValues.Read(together.Transform(data), "Name", "Mask", "MaskSegmentCount"));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    public void The_first_row_has_whole_batches_read_and_no_more(int lookAhead, int batches)
    {
        using var ours = Apply(0, 4, lookAhead).Fit(Counted(50));
        IDataView view = ours.Transform(Counted(50));
        DataViewSchema.Column[] columns = [view.Schema["fine_8"]];
        DataViewRowCursor cursor = view.GetRowCursor(columns);
        Func<string> read = RowValues.Reader(cursor, columns);
        cursor.MoveNext();
        Assert.Equal(0, Volatile.Read(ref _made));

        read();
        SpinWait.SpinUntil(() => Volatile.Read(ref _made) >= 4 * batches);
        for (int row = 1; row < 4; row++)
        {
            Assert.True(cursor.MoveNext());
            read();
        }

        cursor.Dispose();
        Assert.Equal(4 * batches, _made);
    }

    [Theory]
    [InlineData(0, 4, 0)]
    [InlineData(0, 4, 3)]
    [InlineData(4, null, 1)]
    public void Bad_rows_do_not_spoil_the_others_of_their_batch(int built, int? asked, int lookAhead)
    {
        // One in the midst of the first batch, all of the second, the last of all.
        int[] bad = [1, 4, 5, 6, 7, 9];
        IDataView good = SmallModel.Pixels(_ml, 10);
        using var ours = Apply(built, asked, lookAhead).Fit(good);
        List<string> expected = RowValues.Read(ours.Transform(good), "Number", "fine_8");

        IDataView view = ours.Transform(Made(good, row => bad.Contains(row.Number)
            ? throw new NotFiniteNumberException($"no pixels in row {row.Number}")
            : row.Image));
        DataViewSchema.Column[] columns = RowValues.Columns(view.Schema, ["Number", "fine_8"]);
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        Func<string> read = RowValues.Reader(cursor, columns);
        for (int row = 0; row < 10; row++)
        {
            Assert.True(cursor.MoveNext());
            if (bad.Contains(row))
            {
                Assert.Equal($"no pixels in row {row}", Assert.Throws<NotFiniteNumberException>(() => read()).Message);
                Assert.Equal($"no pixels in row {row}", Assert.Throws<NotFiniteNumberException>(() => read()).Message);
            }
            else
            {
                Assert.Equal(expected[row], read());
            }
        }

        Assert.False(cursor.MoveNext());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Rows_that_break_off_within_a_batch_surface_where_they_break_off(int lookAhead)
    {
        IDataView data = SmallModel.Pixels(_ml, Breaking(SmallModel.Rows(6)));
        using var ours = Apply(0, 4, lookAhead).Fit(data);
        IDataView view = ours.Transform(data);
        DataViewSchema.Column[] columns = [view.Schema["fine_8"]];
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        Func<string> read = RowValues.Reader(cursor, columns);

        for (int row = 0; row < 6; row++)
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal(row, cursor.Position);
            read();
        }

        Assert.Equal("the rows broke off", Assert.Throws<InvalidDataException>(() => cursor.MoveNext()).Message);
        Assert.Equal(-1, cursor.Position);
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(4, null)]
    public void A_prediction_engine_scores_one_row_after_the_other(int built, int? asked)
    {
        IDataView data = SmallModel.Pixels(_ml, 4);
        using var ours = Apply(built, asked, 1).Fit(data);
        List<float[]> expected = [.. ours.Transform(data).GetColumn<float[]>("fine_8")];
        using PredictionEngine<SmallModel.PixelsRow, ScoringColumnsTests.Scored> engine =
            _ml.Model.CreatePredictionEngine<SmallModel.PixelsRow, ScoringColumnsTests.Scored>(
                ours, new PredictionEngineOptions { OwnsTransformer = false });

        foreach (int row in new[] { 0, 3, 1, 1, 2 })
        {
            Assert.Equal(expected[row], engine.Predict(SmallModel.Row(row)).Attention);
        }
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(4, null)]
    public void Pictures_among_the_columns_have_one_row_run_after_the_other(int built, int? asked)
    {
        using MLImage picture = TestData.Picture(8, 8, TestData.Regions(0));
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(index => new Pictured
        {
            Image = SmallModel.Row(index).Image,
            Picture = picture,
        }));
        using var alone = _ml.Transforms.ApplyAttentionModel(_alone.Model).Fit(data);
        using var ours = Apply(built, asked, 2).Fit(data);

        Assert.Equal(
            RowValues.Read(alone.Transform(data), "fine_8", "Picture"), RowValues.Read(ours.Transform(data), "fine_8", "Picture"));
    }

    [Fact]
    public void A_model_for_any_number_is_saved_and_scores_one_row_at_a_time_when_loaded()
    {
        IDataView data = SmallModel.Pixels(_ml, 5);
        using var folder = new TemporaryFolder();
        using var ours = Apply(0, 4, 1).Fit(data);

        _ml.Model.Save(ours, data.Schema, folder.File("model.zip"));
        ITransformer loaded = _ml.Model.LoadChecked(folder.File("model.zip"), out _);

        Assert.Equal(RowValues.Read(ours.Transform(data), Columns), RowValues.Read(loaded.Transform(data), Columns));
        (loaded as IDisposable)?.Dispose();
    }

    [Fact]
    public void A_model_for_a_fixed_number_is_refused_where_ApplyOnnxModel_would_run_it()
    {
        IDataView data = SmallModel.Pixels(_ml, 2);
        using var folder = new TemporaryFolder();
        using var ours = Apply(4, null, 1).Fit(data);

        var saving = Assert.Throws<NotSupportedException>(() => _ml.Model.Save(ours, data.Schema, folder.File("model.zip")));
        var asking = Assert.Throws<NotSupportedException>(
            () => _ml.Transforms.DiffSeg("Mask", "Path", Model(4).Model, useApplyOnnxModel: true));

        Assert.Contains("takes 4 rows a run", saving.Message);
        Assert.Contains(Model(4).Model.Path, saving.Message);
        Assert.Equal(saving.Message, asking.Message);
    }

    [Theory]
    [InlineData(0, 0, "BatchSize must be at least 1, or null.")]
    [InlineData(4, 2, "was built for 4 in a run")]
    [InlineData(1, 2, "was built for 1 in a run")]
    [InlineData(0, 40_000, "2^31")]
    public void Sizes_that_cannot_be_are_named_when_the_estimator_is_made(int built, int asked, string says)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Apply(built, asked, 1));
        Assert.Equal(nameof(AttentionScoringOptions.BatchSize), error.ParamName);
        Assert.Contains(says, error.Message);
    }

    public void Dispose()
    {
        _alone.Dispose();
        foreach (SmallModel model in _built.Values)
        {
            model.Dispose();
        }
    }

    private static IEnumerable<SmallModel.PixelsRow> Breaking(IEnumerable<SmallModel.PixelsRow> rows)
    {
        foreach (SmallModel.PixelsRow row in rows)
        {
            yield return row;
        }

        throw new InvalidDataException("the rows broke off");
    }

    private AttentionScoringEstimator Apply(int built, int? asked, int lookAhead)
        => _ml.Transforms.ApplyAttentionModel(Model(built).Model, new() { BatchSize = asked, LookAhead = lookAhead });

    private SmallModel Model(int built)
    {
        if (!_built.TryGetValue(built, out SmallModel? model))
        {
            _built[built] = model = new SmallModel(built == 0 ? null : built);
        }

        return model;
    }

    private IDataView Counted(int rows) => Made(SmallModel.Pixels(_ml, rows), row =>
    {
        Interlocked.Increment(ref _made);
        return row.Image;
    });

    private IDataView Made(IDataView data, Func<SmallModel.PixelsRow, float[]> pixels)
        => _ml.Transforms.CustomMapping<SmallModel.PixelsRow, Pixels>((row, output) => output.Image = pixels(row), null)
            .Fit(data).Transform(data);

    internal sealed class Pictured
    {
        [ColumnName("image")]
        [VectorType(3, SmallModel.Side, SmallModel.Side)]
        public float[] Image { get; set; } = [];

        [ImageType(8, 8)]
        public MLImage? Picture { get; set; }
    }

    internal sealed class Pixels
    {
        [ColumnName("image")]
        [VectorType(3, SmallModel.Side, SmallModel.Side)]
        public float[] Image { get; set; } = [];
    }
}
