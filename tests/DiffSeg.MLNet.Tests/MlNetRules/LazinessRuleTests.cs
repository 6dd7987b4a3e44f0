using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.MlNetRules;

/// <summary>What is computed, and when.</summary>
public sealed class LazinessRuleTests
{
    private readonly MLContext _ml = new(1);
    private int _squares;
    private int _halves;
    private int _rows;

    [Fact]
    public void Transforming_reads_nothing()
    {
        IDataView view = Computed(5);
        Assert.Equal(["Value", "Square", "Half"], view.Schema.Select(c => c.Name));
        Assert.Equal((0, 0, 0), (_rows, _squares, _halves));
    }

    [Fact]
    public void Only_what_is_asked_for_is_computed()
    {
        Assert.Equal([0, 1, 4], Computed(3).GetColumn<float>("Square"));
        Assert.Equal((3, 0), (_squares, _halves));
        Assert.Equal([0, 1, 2], Computed(3).GetColumn<float>("Value"));
        Assert.Equal((3, 0), (_squares, _halves));
    }

    [Fact]
    public void Each_cursor_computes_anew()
    {
        IDataView view = Computed(2);
        view.GetColumn<float>("Square").ToList();
        view.GetColumn<float>("Square").ToList();
        Assert.Equal(4, _squares);
    }

    [Fact]
    public void A_cache_computes_each_column_once()
    {
        IDataView view = _ml.Data.Cache(Computed(3));
        Assert.Equal(0, _squares);
        Assert.Equal([0, 1, 4], view.GetColumn<float>("Square"));
        Assert.Equal([0, 1, 4], view.GetColumn<float>("Square"));
        Assert.Equal((3, 0), (_squares, _halves));
        Assert.Equal([0, 0.5f, 1], view.GetColumn<float>("Half"));
        Assert.Equal((3, 3), (_squares, _halves));
    }

    [Fact]
    public void Taking_rows_reads_no_row_beyond_them_from_an_enumerable()
    {
        IDataView view = _ml.Data.TakeRows(Rows(100), 2);
        Assert.Equal([0, 1], view.GetColumn<float>("Value"));
        Assert.Equal(2, _rows);
    }

    [Fact]
    public void Skipping_and_taking_cut_the_rows()
    {
        Assert.Equal([3, 4], _ml.Data.SkipRows(Rows(5), 3).GetColumn<float>("Value"));
        Assert.Equal([1, 2], _ml.Data.TakeRows(_ml.Data.SkipRows(Rows(5), 1), 2).GetColumn<float>("Value"));
        Assert.Empty(_ml.Data.SkipRows(Rows(2), 3).GetColumn<float>("Value"));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.TakeRows(Rows(1), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.SkipRows(Rows(1), -1));
    }

    [Fact]
    public void Shuffling_keeps_every_row()
    {
        IDataView view = _ml.Data.ShuffleRows(Computed(50), seed: 3);
        float[] values = [.. view.GetColumn<float>("Square")];
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (float)i * i), values.Order());
        Assert.NotEqual(values.Order(), values);
    }

    [Fact]
    public void The_row_count_is_known_for_collections_only()
    {
        Assert.Equal(2, _ml.Data.LoadFromEnumerable(new[] { new Row(), new Row() }).GetRowCount());
        Assert.Null(Rows(2).GetRowCount());
    }

    [Fact]
    public async Task A_set_of_cursors_covers_each_row_once()
    {
        IDataView view = Computed(200);
        DataViewSchema.Column square = view.Schema["Square"];
        DataViewRowCursor[] cursors = view.GetRowCursorSet([square], 3);
        List<float>[] parts = await Task.WhenAll(cursors.Select(c => Task.Run(() => Read(c, square))));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (float)i * i), parts.SelectMany(p => p).Order());
    }

    [Fact]
    public void A_preview_holds_the_first_rows_by_row_and_by_column()
    {
        DataDebuggerPreview preview = Computed(10).Preview(maxRows: 2);
        Assert.Equal((3, 2, 3), (preview.Schema.Count, preview.RowView.Length, preview.ColumnView.Length));
        Assert.Equal([new("Value", 1f), new("Square", 1f), new("Half", 0.5f)], preview.RowView[1].Values);
        Assert.Equal([0f, 1f], preview.ColumnView[1].Values);
        Assert.Equal("Square", preview.ColumnView[1].Column.Name);
    }

    [Fact]
    public void Rows_have_the_same_identity_in_every_cursor()
    {
        IDataView view = Computed(3);
        Assert.Equal(Identities(view), Identities(view));
        Assert.Equal(3, Identities(view).Distinct().Count());
    }

    private static List<DataViewRowId> Identities(IDataView view)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Square"]]);
        ValueGetter<DataViewRowId> getter = cursor.GetIdGetter();
        var ids = new List<DataViewRowId>();
        DataViewRowId id = default;
        while (cursor.MoveNext())
        {
            getter(ref id);
            ids.Add(id);
        }
        return ids;
    }

    private static List<float> Read(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        using (cursor)
        {
            ValueGetter<float> getter = cursor.GetGetter<float>(column);
            var values = new List<float>();
            float value = 0;
            while (cursor.MoveNext())
            {
                getter(ref value);
                values.Add(value);
            }
            return values;
        }
    }

    private IDataView Rows(int count) => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i =>
    {
        Interlocked.Increment(ref _rows);
        return new Row { Value = i };
    }));

    private IDataView Computed(int count)
    {
        IDataView view = Rows(count);
        IEstimator<ITransformer> chain = _ml.Transforms
            .CustomMapping<Row, Squared>(
                (row, result) => result.Square = row.Value * row.Value + 0 * Interlocked.Increment(ref _squares), null)
            .Append(
                _ml.Transforms.CustomMapping<Row,
                Halved>((row, result) => result.Half = row.Value / 2 + 0 * Interlocked.Increment(ref _halves), null));
        return chain.Fit(view).Transform(view);
    }

    private sealed class Row
    {
        public float Value { get; set; }
    }

    private sealed class Squared
    {
        public float Square { get; set; }
    }

    private sealed class Halved
    {
        public float Half { get; set; }
    }
}
