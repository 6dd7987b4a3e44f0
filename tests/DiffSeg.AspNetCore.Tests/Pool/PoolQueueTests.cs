using System.Text;
using DiffSeg.AspNetCore.Tests.Support;

namespace DiffSeg.AspNetCore.Tests.Pool;

/// <summary>Who waits, who is turned away and who is told what.</summary>
public sealed class PoolQueueTests : IDisposable
{
    private readonly HeldSegmenter _held = new();

    private FakeSegmenter Segmenter => _held.Segmenter;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _held.Dispose();

    [Fact]
    public async Task First_come_first_served_and_no_more_than_there_is_room_for()
    {
        using var test = new TestPool(Segmenter, workers: 1, queue: 2);
        Task<Segmentation>[] accepted = [.. Enumerable.Range(0, 3).Select(number => test.Pool.SegmentAsync(Bytes(number), cancellationToken: Stop))];
        Assert.True(test.Pool.IsFull);

        SegmentationQueueFullException full = await Assert.ThrowsAsync<SegmentationQueueFullException>(
            () => test.Pool.SegmentAsync(Bytes(3), cancellationToken: Stop));

        Assert.InRange(full.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        _held.LetGo();
        await Task.WhenAll(accepted);
        Assert.Equal(["0", "1", "2"], Segmenter.Seen);
        Assert.False(test.Pool.IsFull);
    }

    [Fact]
    public async Task Who_has_an_answer_finds_room_again()
    {
        _held.LetGo();
        using var test = new TestPool(Segmenter, workers: 1, queue: 0);
        for (int i = 0; i < 200; i++)
        {
            await test.Pool.SegmentAsync(Bytes(i), cancellationToken: Stop);
        }

        Assert.Equal(200, Segmenter.Seen.Count);
    }

    [Fact]
    public async Task Who_goes_while_waiting_makes_room_at_once()
    {
        using var test = new TestPool(Segmenter, workers: 1, queue: 1);
        Task<Segmentation> first = test.Pool.SegmentAsync(Bytes(0), cancellationToken: Stop);
        using var leaving = new CancellationTokenSource();
        Task<Segmentation> second = test.Pool.SegmentAsync(Bytes(1), cancellationToken: leaving.Token);

        await leaving.CancelAsync();

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(leaving.Token, cancelled.CancellationToken);
        Task<Segmentation> third = test.Pool.SegmentAsync(Bytes(2), cancellationToken: Stop);
        _held.LetGo();
        await Task.WhenAll(first, third);
        Assert.Equal(["0", "2"], Segmenter.Seen);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Pool.SegmentAsync(Bytes(3), cancellationToken: leaving.Token));
    }

    [Fact]
    public async Task Who_goes_while_in_work_is_let_go_when_the_work_stops()
    {
        using var test = new TestPool(Segmenter, workers: 1, queue: 0);
        using var leaving = new CancellationTokenSource();
        Task<Segmentation> task = test.Pool.SegmentAsync(Bytes(0), cancellationToken: leaving.Token);
        await _held.EnteredAsync();

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        _held.LetGo();
        await test.Pool.SegmentAsync(Bytes(1), cancellationToken: Stop);
        Assert.Equal(0, test.Pool.Faults);
    }

    [Fact]
    public async Task Disposing_finishes_those_who_wait_and_takes_no_others()
    {
        var test = new TestPool(Segmenter, workers: 2, queue: 5);
        Task<Segmentation>[] accepted = [.. Enumerable.Range(0, 7).Select(number => test.Pool.SegmentAsync(Bytes(number), cancellationToken: Stop))];
        await _held.EnteredAsync();
        await _held.EnteredAsync();

        Task disposing = Task.Run(test.Dispose, Stop);
        await Eventually.HoldsAsync(async () => !await IsOpen(test.Pool));

        Assert.False(Segmenter.Disposed);
        _held.LetGo();
        await disposing;
        Assert.All(await Task.WhenAll(accepted), mask => Assert.Equal(FakeSegmenter.Height * FakeSegmenter.Width, mask.Labels.Length));
        Assert.True(Segmenter.Disposed);
    }

    [Fact]
    public async Task Faults_of_the_machine_are_counted_in_a_row_and_those_of_pictures_are_not()
    {
        Segmenter.Before = (text, _) => throw (text == "0" ? new OutOfMemoryException("no memory") : (Exception)new ArgumentException("a bad setting", nameof(DiffSegOptions.AnchorsPerSide)));
        using var test = new TestPool(Segmenter);

        await Assert.ThrowsAsync<OutOfMemoryException>(() => test.Pool.SegmentAsync(Bytes(0), cancellationToken: Stop));
        await Assert.ThrowsAsync<OutOfMemoryException>(() => test.Pool.SegmentAsync(Bytes(0), cancellationToken: Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => test.Pool.SegmentAsync(Bytes(1), cancellationToken: Stop));
        Assert.Equal((2, "no memory"), (test.Pool.Faults, test.Pool.LastFault!.Message));

        Segmenter.Before = (_, _) => { };
        await test.Pool.SegmentAsync(Bytes(0), cancellationToken: Stop);
        Assert.Equal(0, test.Pool.Faults);
    }

    // Asking a pool that is full tells whether it is closed, and adds nothing to it.
    private static async Task<bool> IsOpen(SegmentationPool pool)
    {
        try
        {
            await pool.SegmentAsync(Bytes(9), cancellationToken: Stop);
            throw new InvalidOperationException("There should be no room.");
        }
        catch (SegmentationQueueFullException)
        {
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private static byte[] Bytes(int number) => Encoding.UTF8.GetBytes($"{number}");
}
