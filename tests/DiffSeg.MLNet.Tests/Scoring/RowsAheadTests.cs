using DiffSeg.MLNet.Scoring;

namespace DiffSeg.MLNet.Tests.Scoring;

public sealed class RowsAheadTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(2, 7)]
    [InlineData(5, 3)]
    public void Every_row_comes_once_and_in_order(int ahead, int count)
    {
        var source = new Source(count);
        using RowsAhead<Place> rows = source.Ahead(ahead);

        List<int> walked = [];
        while (rows.MoveNext())
        {
            rows.ReadOn();
            walked.Add(rows.Current!.Value);
        }

        Assert.Equal(Enumerable.Range(0, count), walked);
        Assert.False(rows.MoveNext());
        Assert.Null(rows.Current);
    }

    [Fact]
    public void Rows_that_nobody_wants_are_not_read()
    {
        var source = new Source(5);
        using RowsAhead<Place> rows = source.Ahead(2);

        while (rows.MoveNext())
        {
            Assert.Null(rows.Current);
        }

        Assert.False(rows.MoveNext());
        Assert.Equal(0, source.Read);
    }

    [Fact]
    public void No_more_rows_are_read_than_there_are_places()
    {
        var source = new Source(10);
        using RowsAhead<Place> rows = source.Ahead(2);
        rows.MoveNext();
        rows.ReadOn();

        source.WaitUntil(read: 3);
        rows.Dispose();

        Assert.Equal(3, source.Read);
        Assert.Equal(0, rows.Current!.Value);
    }

    [Fact]
    public void A_walker_that_wants_only_some_rows_gets_them()
    {
        var source = new Source(20);
        using RowsAhead<Place> rows = source.Ahead(1);

        List<int> wanted = [];
        for (int i = 0; rows.MoveNext(); i++)
        {
            if (i % 5 == 0)
            {
                rows.ReadOn();
                wanted.Add(rows.Current!.Value);
            }
        }

        Assert.Equal([0, 5, 10, 15], wanted);
        // The wanted ones, and one after each.
        Assert.InRange(source.Read, 4, 8);
    }

    [Fact]
    public void What_the_source_throws_is_thrown_on_the_way_to_its_row_and_the_rest_follows()
    {
        var source = new Source(6) { FailsBefore = 3 };
        using RowsAhead<Place> rows = source.Ahead(2);

        List<string> seen = [];
        for (bool more = true; more;)
        {
            try
            {
                more = rows.MoveNext();
                if (more)
                {
                    rows.ReadOn();
                    seen.Add($"{rows.Current!.Value}");
                }
            }
            catch (FormatException problem)
            {
                seen.Add(problem.Message);
            }
        }

        Assert.Equal(["0", "1", "2", "before 3", "3", "4", "5"], seen);
    }

    [Fact]
    public void Walker_and_reader_never_touch_the_source_at_once()
    {
        var source = new Source(500);
        using RowsAhead<Place> rows = source.Ahead(3);
        var random = new Random(1);
        int walked = 0;
        for (; rows.MoveNext(); walked++)
        {
            if (random.Next(3) > 0)
            {
                rows.ReadOn();
                Assert.Equal(walked, rows.Current!.Value);
            }
        }

        Assert.Equal(500, walked);
        Assert.False(source.Overlapped);
    }

    [Fact]
    public async Task Ending_early_waits_for_the_row_that_is_being_read_and_reads_no_other()
    {
        var source = new Source(10) { Gate = new ManualResetEventSlim() };
        RowsAhead<Place> rows = source.Ahead(3);
        rows.MoveNext();
        source.Gate.Set();
        rows.ReadOn();
        source.WaitUntil(read: 1);
        source.Gate.Reset();

        Task ending = Task.Run(rows.Dispose, TestContext.Current.CancellationToken);
        source.Gate.Set();
        await ending;

        int read = source.Read;
        Assert.False(source.Busy);
        rows.Dispose();
        rows.ReadOn();
        Assert.Equal(read, source.Read);
    }

    private sealed class Place
    {
        public int Value { get; set; }
    }

    /// <summary>Counts up to a number, and watches who uses it.</summary>
    private sealed class Source(int count)
    {
        private int _next;
        private int _inside;
        private int _read;
        private int _current = -1;

        public int? FailsBefore { get; set; }

        public ManualResetEventSlim? Gate { get; init; }

        public bool Overlapped { get; private set; }

        public bool Busy => Volatile.Read(ref _inside) > 0;

        public int Read => Volatile.Read(ref _read);

        public RowsAhead<Place> Ahead(int rows)
            => new(Move, ReadInto, [.. Enumerable.Range(0, rows + 1).Select(_ => new Place())]);

        public void WaitUntil(int read) => SpinWait.SpinUntil(() => Read >= read);

        private bool Move()
        {
            using Use use = Enter();
            if (_next == FailsBefore)
            {
                FailsBefore = null;
                throw new FormatException($"before {_next}");
            }

            if (_current < 0 && _next > 0)
            {
                throw new InvalidOperationException("moved after its end");
            }

            _current = _next < count ? _next++ : -1;
            return _current >= 0;
        }

        private void ReadInto(Place place)
        {
            using Use use = Enter();
            Gate?.Wait();
            place.Value = _current;
            Interlocked.Increment(ref _read);
        }

        private Use Enter()
        {
            Overlapped |= Interlocked.Increment(ref _inside) != 1;
            return new Use(this);
        }

        private readonly struct Use(Source source) : IDisposable
        {
            public void Dispose() => Interlocked.Decrement(ref source._inside);
        }
    }
}
