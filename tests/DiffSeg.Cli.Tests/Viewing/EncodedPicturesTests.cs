using DiffSeg.Cli.Tests.Support;
using DiffSeg.Cli.Viewing.Encoded;

namespace DiffSeg.Cli.Tests.Viewing;

/// <summary>Which pictures stay in memory, and which runs of the model end early.</summary>
public sealed class EncodedPicturesTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeEncoder _encoder = new();
    private readonly string[] _paths;
    private readonly EncodedPictures _pictures;

    public EncodedPicturesTests()
    {
        _paths = [.. Enumerable.Range(0, 9).Select(i => TestPicture.SaveFields(_folder[$"{i}.png"], 16, 16))];
        _pictures = new EncodedPictures(_encoder, _paths);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pictures.Dispose();
        Assert.Equal(0, _encoder.Alive);
        _folder.Dispose();
    }

    [Fact]
    public async Task Few_are_kept_and_the_oldest_goes()
    {
        for (int i = 0; i < _paths.Length; i++)
        {
            await LookAsync(i);
        }

        Assert.Equal(EncodedPictures.Most, _encoder.Alive);
        await LookAsync(5);
        Assert.Equal(9, _encoder.Seen.Count);
        await LookAsync(0);
        Assert.Equal(10, _encoder.Seen.Count);
        await LookAsync(5);
        Assert.Equal(10, _encoder.Seen.Count);
    }

    [Fact]
    public async Task Picture_in_use_is_not_given_back()
    {
        using EncodedPictures.Loan held = await _pictures.RentAsync(0, Cancellation);
        for (int i = 1; i < _paths.Length; i++)
        {
            await LookAsync(i);
        }

        Assert.False(held.Picture.Session.Attention.Values.IsEmpty);
    }

    [Fact]
    public async Task Many_who_want_the_same_wait_for_one_run()
    {
        EncodedPictures.Loan[] loans = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _pictures.RentAsync(3, Cancellation)));

        Assert.All(loans, loan => Assert.Same(loans[0].Picture, loan.Picture));
        Assert.Equal(["3.png"], _encoder.Seen);
        Assert.All(loans, loan => loan.Dispose());
    }

    [Fact]
    public async Task Next_is_prepared_and_then_at_hand()
    {
        await LookAsync(0);
        _pictures.Prepare(1);
        await LookAsync(1);
        _pictures.Prepare(9);
        _pictures.Prepare(-1);

        Assert.Equal(["0.png", "1.png"], _encoder.Seen);
    }

    [Fact]
    public async Task Run_that_is_overtaken_ends()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _encoder.Before = (name, stop) =>
        {
            if (name == "0.png")
            {
                begun.SetResult();
                stop.WaitHandle.WaitOne();
                ended.SetResult();
                stop.ThrowIfCancellationRequested();
            }
        };
        using var user = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<EncodedPictures.Loan> first = _pictures.RentAsync(0, user.Token);
        await begun.Task;

        await user.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(ended.Task.IsCompleted); // the next request may be for the same picture
        await LookAsync(1);

        await ended.Task;
        Assert.Equal(["0.png", "1.png"], _encoder.Seen);
    }

    [Fact]
    public async Task Failure_is_told_to_each_and_tried_again()
    {
        bool broken = true;
        _encoder.Before = (_, _) =>
        {
            if (broken)
            {
                throw new IOException("broken");
            }
        };

        await Assert.ThrowsAsync<IOException>(() => LookAsync(2));
        _pictures.Prepare(3);
        await Assert.ThrowsAsync<IOException>(() => LookAsync(3));
        broken = false;
        await LookAsync(2);
        await LookAsync(3);
    }

    private async Task LookAsync(int picture)
    {
        using EncodedPictures.Loan loan = await _pictures.RentAsync(picture, Cancellation);
        Assert.Equal(16, loan.Picture.Height);
    }
}
