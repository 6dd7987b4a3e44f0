namespace DiffSeg.Tests.Numerics;

[Collection(Alone.Name)]
public class RowParallelTests
{
    [Theory]
    [InlineData(0, 4, -1)]
    [InlineData(1, 4, -1)]
    [InlineData(4, 4, 2)]
    [InlineData(1001, 7, 3)]
    [InlineData(1001, 7, 1)]
    public void Every_row_is_visited_once(int count, int grain, int degree)
    {
        int[] visits = new int[count];
        RowParallel.For(count, grain, degree, (from, to) =>
        {
            Assert.InRange(to - from, 1, grain);
            for (int i = from; i < to; i++)
            {
                Interlocked.Increment(ref visits[i]);
            }
        }, TestContext.Current.CancellationToken);
        Assert.All(visits, v => Assert.Equal(1, v));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_error_arrives_as_it_was_thrown(int degree) =>
        Assert.Throws<AttentionException>(() => RowParallel.For(
            100, 1, degree, (_, _) => throw new AttentionException("bad"), TestContext.Current.CancellationToken));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Cancellation_stops_it(int degree)
    {
        using CancellationTokenSource source = new();
        int visited = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => RowParallel.For(100_000, 1, degree, (_, _) =>
        {
            if (Interlocked.Increment(ref visited) == 10)
            {
                source.Cancel();
            }
        }, source.Token));
        Assert.InRange(visited, 10, 99_999);
    }

    [Fact]
    public void Calls_within_calls_on_many_threads_do_every_row_once()
    {
        int[] visits = new int[64 * 100];
        Parallel.For(0, 8, caller => RowParallel.For(8, 1, 4, (outer, _) =>
            RowParallel.For(100, 9, 3, (from, to) =>
            {
                for (int i = from; i < to; i++)
                {
                    Interlocked.Increment(ref visits[(((caller * 8) + outer) * 100) + i]);
                }
            })));
        Assert.All(visits, v => Assert.Equal(1, v));
    }

    [Fact]
    public void After_an_error_the_next_call_is_as_good_as_new()
    {
        for (int round = 0; round < 50; round++)
        {
            Assert.Throws<AttentionException>(() => RowParallel.For(
                20, 1, 3, (from, _) => { if (from == 7) { throw new AttentionException("bad"); } },
                TestContext.Current.CancellationToken));
            Every_row_is_visited_once(37, 2, 3);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Nothing_is_allocated_once_it_is_warm(int degree)
    {
        long rows = 0;
        Action<int, int> body = (from, to) => Interlocked.Add(ref rows, to - from);

        // A thread pool that comes late keeps a job to itself for a while, and the call then makes another: rarely, so
        // that most windows of calls must see nothing at all.
        long least = long.MaxValue;
        for (int window = 0; window < 50; window++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++)
            {
                RowParallel.For(1000, 10, degree, body, CancellationToken.None);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
        Assert.Equal(1_000_000, rows);
    }
}
