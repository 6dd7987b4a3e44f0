using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Tests.Scoring;

/// <summary>What is read ahead, and what is not.</summary>
public sealed class ScoringLazinessTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly SmallModel _small = new();
    private int _made;

    [Fact]
    public void Transform_and_other_columns_score_nothing()
    {
        IDataView view = View(4, lookAhead: 2);
        Assert.Equal([0, 1, 2, 3], view.GetColumn<int>("Number"));
        Assert.Equal(0, _made);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    public void The_first_row_has_as_many_read_as_it_may_and_no_more(int lookAhead, int expected)
    {
        using DataViewRowCursor cursor = Cursor(View(50, lookAhead), out Func<string> read);
        cursor.MoveNext();
        Assert.Equal(0, Volatile.Read(ref _made));

        read();
        read();
        SpinWait.SpinUntil(() => Volatile.Read(ref _made) >= expected);
        cursor.Dispose();

        Assert.Equal(expected, _made);
    }

    [Fact]
    public void Rows_whose_attention_nobody_reads_are_not_scored()
    {
        using DataViewRowCursor cursor = Cursor(View(30, lookAhead: 2), out _);
        while (cursor.MoveNext())
        {
        }

        Assert.Equal(0, _made);
    }

    /// <summary>Whose pictures they are and how long they live is not known: ML.NET reads none ahead either.</summary>
    [Fact]
    public void Nothing_is_read_ahead_of_a_column_of_pictures()
    {
        using MLImage picture = TestData.Picture(8, 8, TestData.Regions(0));
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(index => new PicturedRow
        {
            Image = SmallModel.Row(index).Image,
            Picture = picture,
        }).Select(Count));
        using var ours = _ml.Transforms.ApplyAttentionModel(_small.Model, new() { LookAhead = 2 }).Fit(data);
        IDataView view = ours.Transform(data);
        DataViewSchema.Column[] columns = [view.Schema["fine_8"], view.Schema["Picture"]];
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        Func<string> read = RowValues.Reader(cursor, columns);

        for (int row = 1; row <= 5; row++)
        {
            Assert.True(cursor.MoveNext());
            read();
            Assert.Equal(row, _made);
        }

        Assert.Equal(8, picture.Width);
        DataViewRowCursor[] set = view.GetRowCursorSet(columns, 3);
        Assert.Single(set).Dispose();
    }

    [Fact]
    public void A_mask_that_needs_only_the_size_of_a_picture_still_has_rows_read_ahead()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(index => new PicturedRow
        {
            Image = SmallModel.Row(index).Image,
            Picture = TestData.Picture(20 + index, 40, TestData.Regions(index)),
        }).Select(Count));
        using var chain = _ml.Transforms.ApplyAttentionModel(_small.Model, new() { LookAhead = 2 })
            .Append(_ml.Transforms.DiffSegMask("Mask", _small.Model, "Picture", new() { AnchorsPerSide = 4, Size = MaskSize.Original }))
            .Fit(data);
        IDataView view = chain.Transform(data);
        DataViewSchema.Column[] columns = RowValues.Columns(view.Schema, ["MaskHeight", "MaskWidth"]);
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        Func<string> read = RowValues.Reader(cursor, columns);

        Assert.True(cursor.MoveNext());
        Assert.Equal("MaskHeight = 20; MaskWidth = 40", read());
        SpinWait.SpinUntil(() => Volatile.Read(ref _made) >= 3);
        for (int row = 1; row < 20; row++)
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal($"MaskHeight = {20 + row}; MaskWidth = 40", read());
        }

        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void Columns_that_were_not_asked_for_have_no_getter()
    {
        using DataViewRowCursor cursor = Cursor(View(1, lookAhead: 1), out _);
        Assert.True(cursor.IsColumnActive(cursor.Schema["fine_8"]));
        Assert.False(cursor.IsColumnActive(cursor.Schema["fine_16"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<VBuffer<float>>(cursor.Schema["fine_16"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<VBuffer<int>>(cursor.Schema["fine_8"]));
    }

    [Fact]
    public void Getter_before_the_first_row_is_an_error()
    {
        using DataViewRowCursor cursor = Cursor(View(1, lookAhead: 1), out Func<string> read);
        Assert.Throws<InvalidOperationException>(() => read());
        Assert.True(cursor.MoveNext());
        read();
        Assert.False(cursor.MoveNext());
        Assert.Throws<InvalidOperationException>(() => read());
    }

    public void Dispose() => _small.Dispose();

    private static DataViewRowCursor Cursor(IDataView view, out Func<string> read)
    {
        DataViewSchema.Column[] columns = [view.Schema["fine_8"]];
        DataViewRowCursor cursor = view.GetRowCursor(columns);
        read = RowValues.Reader(cursor, columns);
        return cursor;
    }

    private IDataView View(int rows, int lookAhead)
    {
        IDataView data = SmallModel.Pixels(_ml, rows);
        IDataView counted = _ml.Transforms.CustomMapping<SmallModel.PixelsRow, Pixels>(
            (row, output) => output.Image = Count(row).Image, null).Fit(data).Transform(data);
        return _ml.Transforms.ApplyAttentionModel(_small.Model, new() { LookAhead = lookAhead }).Fit(counted).Transform(counted);
    }

    private T Count<T>(T row)
    {
        Interlocked.Increment(ref _made);
        return row;
    }

    internal sealed class PicturedRow
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
