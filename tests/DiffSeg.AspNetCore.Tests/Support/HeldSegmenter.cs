namespace DiffSeg.AspNetCore.Tests.Support;

/// <summary>A segmenter that holds every picture until it is let go.</summary>
internal sealed class HeldSegmenter : IDisposable
{
    private readonly ManualResetEventSlim _gate = new();
    private readonly SemaphoreSlim _entered = new(0);

    public HeldSegmenter() => Segmenter = new FakeSegmenter { Before = Hold };

    public FakeSegmenter Segmenter { get; }

    /// <summary>Waits until one more picture is held, or has been.</summary>
    public Task EnteredAsync() => _entered.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Lets all pictures go that are held, and holds no others.</summary>
    public void LetGo() => _gate.Set();

    public void Dispose()
    {
        _gate.Dispose();
        _entered.Dispose();
    }

    private void Hold(string picture, CancellationToken cancellation)
    {
        _entered.Release();

        // A test that fails must not wait for ever when its pool is disposed.
        _gate.Wait(TimeSpan.FromMinutes(1), cancellation);
    }
}
