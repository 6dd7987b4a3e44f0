using System.Collections.Concurrent;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Scoring;

/// <summary>Sets of cursors: every row once, whoever walks them and in whatever order, in memory that does not grow with them.</summary>
public sealed class ScoringSetTests : IDisposable
{
    private static readonly string[] Columns = ["Number", "Name", "Pair", "fine_8"];
    private readonly MLContext _ml = new(seed: 1);
    private readonly SmallModel _small = new();

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(0, 4, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 2)]
    [InlineData(1, 64, 2)]
    [InlineData(3, 2, 2)]
    [InlineData(3, 64, 4)]
    public void There_are_as_many_cursors_as_there_is_memory_for(int lookAhead, int asked, int expected)
    {
        DataViewRowCursor[] set = Set(Scored(SmallModel.Pixels(_ml, 3), lookAhead), asked, out _);
        Assert.Equal(expected, set.Length);
        Close(set);
    }

    [Fact]
    public void Columns_without_attention_are_not_shared_out_in_a_row_each()
    {
        IDataView view = Scored(SmallModel.Pixels(_ml, 3), 3);
        DataViewRowCursor[] set = view.GetRowCursorSet([view.Schema["Number"]], 4);
        Assert.Equal(3, set.Sum(cursor => RowValues.Read(cursor, [view.Schema["Number"]]).Count));
        Close(set);
    }

    [Fact]
    public void Attention_from_elsewhere_has_one_cursor()
    {
        IDataView data = TestData.Make(_ml, TestData.Attention);
        IDataView view = _ml.Transforms.DiffSegMask("Mask", ["Fine"], options: new() { AnchorsPerSide = 4 }).Fit(data).Transform(data);
        DataViewRowCursor[] set = view.GetRowCursorSet([view.Schema["Mask"]], 4);
        Assert.Single(set);
        Close(set);
    }

    /// <summary>The first one walked has all rows: nobody waits for a thread that is not there.</summary>
    [Fact]
    public void One_thread_may_walk_one_cursor_after_the_other()
    {
        IDataView view = Scored(SmallModel.Pixels(_ml, 10), 3);
        DataViewRowCursor[] set = Set(view, 4, out DataViewSchema.Column[] columns);

        List<string>[] found = [.. set.Select(cursor => RowValues.Read(cursor, columns))];

        Assert.Equal(RowValues.Read(view, Columns), found[0]);
        Assert.All(found[1..], Assert.Empty);
        Assert.All(set, cursor => Assert.False(cursor.MoveNext()));
        Close(set);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_thread_may_walk_all_cursors_by_turns_and_every_row_stays_until_its_cursor_moves(int lookAhead)
    {
        IDataView view = Scored(SmallModel.Pixels(_ml, 11), lookAhead);
        List<string> expected = RowValues.Read(view, Columns);
        DataViewRowCursor[] set = Set(view, 8, out DataViewSchema.Column[] columns);
        Func<string>[] read = [.. set.Select(cursor => RowValues.Reader(cursor, columns))];

        List<string> found = [];
        for (bool more = true; more;)
        {
            bool[] moved = [.. set.Select(cursor => cursor.MoveNext())];
            // All stand at rows before any is read, and backwards.
            foreach (int i in Enumerable.Range(0, set.Length).Reverse().Where(i => moved[i]))
            {
                found.Add(read[i]());
                Assert.Equal(found[^1], read[i]());
            }

            more = moved.Any(yes => yes);
        }

        Assert.Equal(expected.Order(), found.Order());
        Close(set);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(3, null)]
    [InlineData(3, 1)]
    [InlineData(8, 2)]
    public async Task Threads_share_the_rows_and_their_masks_out(int lookAhead, int? threadsPerRun)
    {
        const int Rows = 60;
        IDataView data = SmallModel.Pixels(_ml, Rows);
        using var chain = _ml.Transforms
            .ApplyAttentionModel(_small.Model, new() { LookAhead = lookAhead, IntraOpNumThreads = threadsPerRun })
            .Append(_ml.Transforms.DiffSegMask("Mask", _small.Model, null, new() { AnchorsPerSide = 4 })).Fit(data);
        IDataView view = chain.Transform(data);
        DataViewSchema.Column[] columns = RowValues.Columns(view.Schema, ["Number", "fine_8", "Mask"]);
        List<string> expected = RowValues.Read(view, "Number", "fine_8", "Mask");

        DataViewRowCursor[] set = view.GetRowCursorSet(columns, 8);
        var found = new ConcurrentQueue<(long Batch, int Within, string Line)>();
        await Task.WhenAll(set.Select(cursor => Task.Factory.StartNew(
            () => Walk(cursor, columns, found), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal(Math.Min(8, 1 + lookAhead), set.Length);
        // The order is that of the batches, each of which is one cursor's.
        Assert.Equal(expected, found.OrderBy(row => row.Batch).ThenBy(row => row.Within).Select(row => row.Line));
        Assert.Equal(Rows, found.Select(row => row.Batch).Distinct().Count());
    }

    [Fact]
    public void A_built_in_step_that_follows_puts_the_rows_in_order_again()
    {
        IDataView data = SmallModel.Pixels(_ml, 150);
        using var chain = _ml.Transforms.ApplyAttentionModel(_small.Model, new() { LookAhead = 3 })
            .Append(_ml.Transforms.DiffSegMask("Mask", _small.Model, null, new() { AnchorsPerSide = 4 })).Fit(data);
        IDataView masks = chain.Transform(data);
        IEnumerable<string> expected = RowValues.Read(masks, "Number", "Mask").Select((line, row) => $"{line}; Copy = {row}");

        IDataView view = _ml.Transforms.Conversion.ConvertType("Copy", "Number", DataKind.Single).Fit(masks).Transform(masks);

        Assert.Equal(expected, RowValues.Read(view, "Number", "Mask", "Copy"));
    }

    [Fact]
    public void Identities_are_those_of_the_data()
    {
        IDataView data = SmallModel.Pixels(_ml, 9);
        using DataViewRowCursor plain = data.GetRowCursorSet(data.Schema, 1)[0];
        ValueGetter<DataViewRowId> plainId = plain.GetIdGetter();
        var expected = new List<DataViewRowId>();
        while (plain.MoveNext())
        {
            DataViewRowId id = default;
            plainId(ref id);
            expected.Add(id);
        }

        DataViewRowCursor[] set = Set(Scored(data, 2), 3, out _);
        ValueGetter<DataViewRowId>[] ids = [.. set.Select(cursor => cursor.GetIdGetter())];
        for (int row = 0; row < 9; row++)
        {
            Assert.True(set[row % 3].MoveNext());
            DataViewRowId id = default;
            ids[row % 3](ref id);
            Assert.Equal((expected[row], row / 3, row), (id, set[row % 3].Position, set[row % 3].Batch));
        }

        Close(set);
    }

    [Fact]
    public void Shuffled_rows_are_in_step()
    {
        IDataView data = SmallModel.Pixels(_ml, 12);
        IDataView view = Scored(_ml.Data.ShuffleRows(data, seed: 3), 2);
        DataViewRowCursor[] set = Set(view, 3, out DataViewSchema.Column[] columns);

        List<string> found = [.. set.SelectMany(cursor => RowValues.Read(cursor, columns))];

        Assert.Equal(RowValues.Read(Scored(data, 2), Columns).Order(), found.Order());
        Close(set);
    }

    [Fact]
    public void A_bad_row_is_told_at_that_row_and_the_others_are_read()
    {
        IDataView good = SmallModel.Pixels(_ml, 8);
        IDataView bad = _ml.Transforms.CustomMapping<SmallModel.PixelsRow, Pixels>(
            (row, output) => output.Image = row.Number == 5 ? throw new NotFiniteNumberException("no pixels") : row.Image,
            null).Fit(good).Transform(good);
        List<string> expected = RowValues.Read(Scored(good, 0), Columns);
        DataViewRowCursor[] set = Set(Scored(bad, 1), 2, out DataViewSchema.Column[] columns);
        Func<string>[] read = [.. set.Select(cursor => RowValues.Reader(cursor, columns))];

        for (int row = 0; row < 8; row++)
        {
            Assert.True(set[row % 2].MoveNext());
            if (row == 5)
            {
                Assert.Throws<NotFiniteNumberException>(() => read[1]());
                Assert.Throws<NotFiniteNumberException>(() => read[1]());
            }
            else
            {
                Assert.Equal(expected[row], read[row % 2]());
            }
        }

        Close(set);
    }

    [Fact]
    public void Rows_that_break_off_surface_where_they_break_off()
    {
        DataViewRowCursor[] set = Set(Scored(SmallModel.Pixels(_ml, Breaking()), 1), 2, out DataViewSchema.Column[] columns);
        Assert.True(set[0].MoveNext());
        Assert.True(set[1].MoveNext());
        Assert.Throws<InvalidDataException>(() => set[0].MoveNext());
        Assert.Contains("Number = 1", RowValues.Reader(set[1], columns)());
        Assert.Equal(-1, set[0].Position);
        Close(set);

        static IEnumerable<SmallModel.PixelsRow> Breaking()
        {
            yield return SmallModel.Row(0);
            yield return SmallModel.Row(1);
            throw new InvalidDataException("the rows broke off");
        }
    }

    [Fact]
    public void Rows_of_a_cursor_that_is_closed_early_are_the_others_and_the_last_one_closes_the_input()
    {
        var watched = new WatchedView(SmallModel.Pixels(_ml, 10));
        DataViewRowCursor[] set = Set(Scored(watched, 2), 3, out DataViewSchema.Column[] columns);
        Assert.True(set[0].MoveNext());
        Assert.Contains("Number = 0", RowValues.Reader(set[0], columns)());

        set[0].Dispose();
        set[0].Dispose();
        set[2].Dispose();
        List<string> rest = RowValues.Read(set[1], columns);

        Assert.Equal(9, rest.Count);
        Assert.Equal(0, watched.Closed);
        set[1].Dispose();
        Assert.Equal(1, watched.Closed);
    }

    [Fact]
    public void Values_before_the_first_row_and_after_the_last_are_an_error()
    {
        DataViewRowCursor[] set = Set(Scored(SmallModel.Pixels(_ml, 1), 1), 2, out DataViewSchema.Column[] columns);
        Func<string> attention = RowValues.Reader(set[0], columns[3..]);
        Func<string> number = RowValues.Reader(set[0], columns[..1]);
        ValueGetter<DataViewRowId> id = set[0].GetIdGetter();
        DataViewRowId none = default;
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal((-1, -1), (set[0].Position, set[0].Batch));
            Assert.Throws<InvalidOperationException>(() => attention());
            Assert.Throws<InvalidOperationException>(() => number());
            Assert.Throws<InvalidOperationException>(() => id(ref none));
            Assert.Equal(i == 0, set[0].MoveNext());
            Assert.False(i == 0 && set[0].MoveNext());
        }

        Close(set);
    }

    public void Dispose() => _small.Dispose();

    private static void Close(DataViewRowCursor[] set) => Array.ForEach(set, cursor => cursor.Dispose());

    private static void Walk(
        DataViewRowCursor cursor, DataViewSchema.Column[] columns, ConcurrentQueue<(long Batch, int Within, string Line)> found)
    {
        using (cursor)
        {
            Func<string> read = RowValues.Reader(cursor, columns);
            long last = -1;
            for (int within = 0; cursor.MoveNext(); within++)
            {
                Assert.True(cursor.Batch >= last);
                Assert.Equal(within, cursor.Position);
                last = cursor.Batch;
                found.Enqueue((last, within, read()));
            }
        }
    }

    private static DataViewRowCursor[] Set(IDataView view, int asked, out DataViewSchema.Column[] columns)
    {
        columns = RowValues.Columns(view.Schema, Columns);
        return view.GetRowCursorSet(columns, asked);
    }

    private IDataView Scored(IDataView data, int lookAhead)
        => _ml.Transforms.ApplyAttentionModel(_small.Model, new() { LookAhead = lookAhead }).Fit(data).Transform(data);

    internal sealed class Pixels
    {
        [ColumnName("image")]
        [VectorType(3, SmallModel.Side, SmallModel.Side)]
        public float[] Image { get; set; } = [];
    }
}
