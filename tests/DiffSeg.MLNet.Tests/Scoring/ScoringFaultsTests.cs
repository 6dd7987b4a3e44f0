using System.Collections.Concurrent;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Scoring;

/// <summary>Bad rows, early ends and many threads: every other row is there, and nothing stays behind.</summary>
public sealed class ScoringFaultsTests : IDisposable
{
    private static readonly DiffSegMaskOptions Options = new() { AnchorsPerSide = 4 };
    private readonly MLContext _ml = new(seed: 1);
    private readonly SmallModel _small = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_bad_row_is_told_at_that_row_and_all_others_have_their_masks(int lookAhead)
    {
        IDataView good = SmallModel.Pixels(_ml, 8);
        IDataView bad = Failing(good, 0, 3, 4, 7);
        using var chain = Chain(lookAhead).Fit(good);
        List<string> expected = RowValues.Read(chain.Transform(good), "Number", "Mask");

        List<string> found = ReadEach(chain.Transform(bad), "Number", "Mask");

        Assert.Equal(8, found.Count);
        for (int row = 0; row < 8; row++)
        {
            Assert.Equal(row is 0 or 3 or 4 or 7 ? $"Row {row} could not be segmented: no pixels in row {row}" : expected[row], found[row]);
        }
    }

    [Fact]
    public void A_bad_row_tells_its_error_as_often_as_it_is_asked_and_keeps_its_other_columns()
    {
        IDataView data = Failing(SmallModel.Pixels(_ml, 3), 1);
        using var ours = _ml.Transforms.ApplyAttentionModel(_small.Model).Fit(data);
        IDataView view = ours.Transform(data);
        DataViewSchema.Column[] columns = [view.Schema["Name"], view.Schema["fine_8"]];
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        ValueGetter<ReadOnlyMemory<char>> name = cursor.GetGetter<ReadOnlyMemory<char>>(columns[0]);
        ValueGetter<VBuffer<float>> attention = cursor.GetGetter<VBuffer<float>>(columns[1]);
        ReadOnlyMemory<char> text = default;
        VBuffer<float> values = default;
        cursor.MoveNext();
        attention(ref values);

        cursor.MoveNext();

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("no pixels in row 1", Assert.Throws<NotFiniteNumberException>(() => attention(ref values)).Message);
        }

        name(ref text);
        Assert.Equal("row 1", text.ToString());
        Assert.True(cursor.MoveNext());
        attention(ref values);
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void Wrong_number_of_values_is_told_with_the_column()
    {
        var definition = SchemaDefinition.Create(typeof(SmallModel.PixelsRow));
        definition[3].ColumnType = new VectorDataViewType(NumberDataViewType.Single);
        SmallModel.PixelsRow[] rows = [.. SmallModel.Rows(3)];
        rows[1].Image = new float[5];
        IDataView data = _ml.Data.LoadFromEnumerable(rows, definition);
        using var ours = _ml.Transforms.ApplyAttentionModel(_small.Model).Fit(data);

        List<string> found = ReadEach(ours.Transform(data), "fine_8");

        Assert.Equal("Column 'image' holds 5 values; the model takes 3072.", found[1]);
        Assert.Equal(found[0].Length, found[2].Length);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(-1.5f)]
    public void Pixels_of_another_scale_are_refused_with_the_one_that_is_right(float pixel)
    {
        SmallModel.PixelsRow[] rows = [.. SmallModel.Rows(2)];
        rows[1].Image[7] = pixel;
        IDataView data = SmallModel.Pixels(_ml, rows);
        using var ours = _ml.Transforms.ApplyAttentionModel(_small.Model).Fit(data);

        List<string> found = ReadEach(ours.Transform(data), "fine_8");

        Assert.StartsWith("Column 'image' holds ", found[1]);
        Assert.Contains("scaleImage: 1 / 127.5f", found[1]);
        Assert.DoesNotContain("holds", found[0]);
    }

    [Fact]
    public void Rows_that_break_off_surface_where_they_break_off()
    {
        IDataView data = SmallModel.Pixels(_ml, Breaking(SmallModel.Rows(4)));
        using var ours = _ml.Transforms.ApplyAttentionModel(_small.Model, new() { LookAhead = 3 }).Fit(data);
        IDataView view = ours.Transform(data);
        DataViewSchema.Column[] columns = [view.Schema["fine_8"]];
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        Func<string> read = RowValues.Reader(cursor, columns);

        for (int i = 0; i < 4; i++)
        {
            Assert.True(cursor.MoveNext());
            read();
        }

        Assert.Equal("the rows broke off", Assert.Throws<InvalidDataException>(() => cursor.MoveNext()).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Closing_early_ends_the_thread_and_closes_the_input(int rowsRead)
    {
        var upstream = new Slow(_ml);
        var watched = new WatchedView(upstream.Data(50));
        using var ours = _ml.Transforms.ApplyAttentionModel(_small.Model, new() { LookAhead = 2 }).Fit(watched);
        IDataView view = ours.Transform(watched);
        DataViewSchema.Column[] columns = [view.Schema["fine_8"]];
        DataViewRowCursor cursor = view.GetRowCursor(columns);
        Func<string> read = RowValues.Reader(cursor, columns);
        for (int i = 0; i < rowsRead; i++)
        {
            Assert.True(cursor.MoveNext());
            read();
        }

        cursor.Dispose();
        int made = upstream.Made;

        Assert.Equal(1, watched.Closed);
        Assert.False(upstream.Busy);
        Assert.InRange(made, rowsRead, rowsRead + 3);
        Assert.Equal(made, upstream.Made);
    }

    [Fact]
    public void A_closed_cursor_may_be_closed_again()
    {
        IDataView data = SmallModel.Pixels(_ml, 3);
        using var ours = _ml.Transforms.ApplyAttentionModel(_small.Model).Fit(data);
        IDataView view = ours.Transform(data);
        DataViewRowCursor cursor = view.GetRowCursor([view.Schema["fine_8"]]);
        RowValues.Read(cursor, [view.Schema["fine_8"]]);
        cursor.Dispose();
        cursor.Dispose();
    }

    [Fact]
    public void A_closed_model_is_told_and_its_reader_can_still_be_closed()
    {
        IDataView data = SmallModel.Pixels(_ml, 10);
        var ours = _ml.Transforms.ApplyAttentionModel(_small.Model).Fit(data);
        IDataView view = ours.Transform(data);
        DataViewSchema.Column[] columns = [view.Schema["fine_8"]];
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        Func<string> read = RowValues.Reader(cursor, columns);
        cursor.MoveNext();
        read();

        ours.Dispose();
        ours.Dispose();

        var problems = new List<string>();
        while (cursor.MoveNext())
        {
            problems.Add(Record.Exception(() => read()) is ObjectDisposedException ? "closed" : "read");
        }

        // The row ahead may have been scored before.
        Assert.Equal(9, problems.Count);
        Assert.All(problems[1..], problem => Assert.Equal("closed", problem));
    }

    [Fact]
    public async Task Many_threads_share_one_transformer_and_all_read_the_same()
    {
        IDataView data = Failing(SmallModel.Pixels(_ml, 12), 5);
        using var chain = Chain(2).Fit(data);
        List<string> expected = ReadEach(chain.Transform(data), "Number", "Mask");

        List<string>[] found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => ReadEach(chain.Transform(data), "Number", "Mask"))));

        Assert.All(found, lines => Assert.Equal(expected, lines));
    }

    [Fact]
    public async Task Closing_the_model_waits_for_those_who_run_it()
    {
        var problems = new ConcurrentQueue<Exception>();
        for (int round = 0; round < 5; round++)
        {
            IDataView data = SmallModel.Pixels(_ml, 200);
            var ours = _ml.Transforms.ApplyAttentionModel(_small.Model, new() { LookAhead = 2 }).Fit(data);
            using var running = new CountdownEvent(4);
            Task[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                IDataView view = ours.Transform(data);
                DataViewSchema.Column[] columns = [view.Schema["fine_8"]];
                using DataViewRowCursor cursor = view.GetRowCursor(columns);
                Func<string> read = RowValues.Reader(cursor, columns);
                bool first = true;
                while (cursor.MoveNext())
                {
                    Exception? problem = Record.Exception(() => read());
                    if (first)
                    {
                        running.Signal();
                        first = false;
                    }

                    if (problem is not null)
                    {
                        problems.Enqueue(problem);
                        return;
                    }
                }
            }))];

            running.Wait(TestContext.Current.CancellationToken);
            ours.Dispose();
            await Task.WhenAll(readers);
        }

        Assert.NotEmpty(problems);
        Assert.All(problems, problem => Assert.IsType<ObjectDisposedException>(problem));
    }

    public void Dispose() => _small.Dispose();

    private static IEnumerable<SmallModel.PixelsRow> Breaking(IEnumerable<SmallModel.PixelsRow> rows)
    {
        foreach (SmallModel.PixelsRow row in rows)
        {
            yield return row;
        }

        throw new InvalidDataException("the rows broke off");
    }

    // One line per row: its values, or what reading it threw.
    private static List<string> ReadEach(IDataView view, params string[] names)
    {
        DataViewSchema.Column[] columns = RowValues.Columns(view.Schema, names);
        using DataViewRowCursor cursor = view.GetRowCursorSet(columns, 1)[0];
        Func<string> read = RowValues.Reader(cursor, columns);
        List<string> lines = [];
        while (cursor.MoveNext())
        {
            string line = "";
            Exception? problem = Record.Exception(() => line = read());
            lines.Add(problem?.Message ?? line);
        }

        return lines;
    }

    private IDataView Failing(IDataView data, params int[] rows)
        => _ml.Transforms.CustomMapping<SmallModel.PixelsRow, Pixels>(
            (row, output) => output.Image = rows.Contains(row.Number)
                ? throw new NotFiniteNumberException($"no pixels in row {row.Number}")
                : row.Image,
            null).Fit(data).Transform(data);

    private EstimatorChain<DiffSegMaskTransformer> Chain(int lookAhead)
        => _ml.Transforms.ApplyAttentionModel(_small.Model, new() { LookAhead = lookAhead })
            .Append(_ml.Transforms.DiffSegMask("Mask", _small.Model, null, Options));

    internal sealed class Pixels
    {
        [ColumnName("image")]
        [VectorType(3, SmallModel.Side, SmallModel.Side)]
        public float[] Image { get; set; } = [];
    }

    /// <summary>A step before the model that shows whether somebody is in it.</summary>
    private sealed class Slow(MLContext ml)
    {
        private int _inside;
        private int _made;

        public int Made => Volatile.Read(ref _made);

        public bool Busy => Volatile.Read(ref _inside) > 0;

        public IDataView Data(int rows)
        {
            IDataView data = SmallModel.Pixels(ml, rows);
            return ml.Transforms.CustomMapping<SmallModel.PixelsRow, Pixels>(Make, null).Fit(data).Transform(data);
        }

        private void Make(SmallModel.PixelsRow row, Pixels output)
        {
            Interlocked.Increment(ref _inside);
            Thread.SpinWait(100_000);
            output.Image = row.Image;
            Interlocked.Increment(ref _made);
            Interlocked.Decrement(ref _inside);
        }
    }
}
