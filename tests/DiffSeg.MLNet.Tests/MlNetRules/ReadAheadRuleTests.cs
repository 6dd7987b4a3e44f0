using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Tests.MlNetRules;

/// <summary>
/// A view that computes something reads rows ahead when all requested columns can be copied. That buffers what is
/// requested, hides errors in another one, and can be avoided by asking for a set of one cursor.
/// </summary>
public sealed class ReadAheadRuleTests
{
    private readonly MLContext _ml = new(1);
    private int _computed;

    [Fact]
    public void A_plain_cursor_computes_rows_that_were_not_asked_for_yet()
    {
        IDataView view = View(20);
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Result"]]);
        Assert.True(cursor.MoveNext());
        Assert.True(_computed > 1, $"{_computed} rows computed");
    }

    [Fact]
    public void A_set_of_one_cursor_computes_nothing_before_a_getter_is_called()
    {
        IDataView view = View(20);
        DataViewSchema.Column column = view.Schema["Result"];
        using DataViewRowCursor cursor = view.GetRowCursorSet([column], 1)[0];
        ValueGetter<float> getter = cursor.GetGetter<float>(column);
        Assert.True(cursor.MoveNext());
        Assert.True(cursor.MoveNext());
        Assert.Equal(0, _computed);
        float value = 0;
        getter(ref value);
        getter(ref value);
        Assert.Equal((1, 10f), (_computed, value));
    }

    /// <summary>Fine for numbers; of pictures, seconds or minutes go to one thread while the others have nothing.</summary>
    [Fact]
    public void A_set_shares_rows_out_by_the_dozen()
    {
        IDataView view = View(20);
        DataViewRowCursor[] set = view.GetRowCursorSet([view.Schema["Result"]], 2);
        Assert.Equal(1, set.Count(cursor => cursor.MoveNext()));
        Array.ForEach(set, cursor => cursor.Dispose());
    }

    [Fact]
    public void An_image_among_the_requested_columns_switches_it_off()
    {
        IDataView view = View(20, withImage: true);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        Assert.True(cursor.MoveNext());
        Assert.Equal(0, _computed);
    }

    [Fact]
    public void An_error_arrives_wrapped()
    {
        IDataView view = View(3, failAt: 1);
        var error = Assert.Throws<InvalidOperationException>(() => view.GetColumn<float>("Result").ToList());
        Assert.StartsWith(
            "Splitter/consolidator worker encountered exception while consuming source data", error.Message);
        Assert.Contains("no number", Innermost(error).Message);
    }

    [Fact]
    public void An_error_under_a_set_of_one_cursor_arrives_as_it_is()
    {
        IDataView view = View(3, failAt: 0);
        DataViewSchema.Column column = view.Schema["Result"];
        using DataViewRowCursor cursor = view.GetRowCursorSet([column], 1)[0];
        ValueGetter<float> getter = cursor.GetGetter<float>(column);
        cursor.MoveNext();
        float value = 0;
        Assert.Equal("no number", Assert.Throws<NotFiniteNumberException>(() => getter(ref value)).Message);
    }

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;

    private IDataView View(int rows, bool withImage = false, int failAt = -1)
    {
        IEnumerable<float> values = Enumerable.Range(0, rows).Select(i => (float)i);
        IDataView view = withImage
            ? _ml.Data.LoadFromEnumerable(values.Select(v => new ImageRow { Value = v }))
            : _ml.Data.LoadFromEnumerable(values.Select(v => new Row { Value = v }));
        return _ml.Transforms.CustomMapping<Row, Output>((row, output) =>
        {
            Interlocked.Increment(ref _computed);
            output.Result = row.Value == failAt ? throw new NotFiniteNumberException("no number") : row.Value * 10;
        }, null).Fit(view).Transform(view);
    }

    private sealed class Row
    {
        public float Value { get; set; }
    }

    private sealed class ImageRow
    {
        public float Value { get; set; }

        [ImageType(1, 1)]
        public MLImage? Picture { get; set; }
    }

    private sealed class Output
    {
        public float Result { get; set; }
    }
}
