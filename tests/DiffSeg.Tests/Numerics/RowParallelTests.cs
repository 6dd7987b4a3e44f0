namespace DiffSeg.Tests.Numerics;

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
}
