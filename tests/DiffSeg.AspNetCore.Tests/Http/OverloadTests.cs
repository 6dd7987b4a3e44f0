using System.Net;
using System.Text;
using DiffSeg.AspNetCore.Tests.Support;

namespace DiffSeg.AspNetCore.Tests.Http;

/// <summary>More requests than can be served, clients that go, and the end of the service.</summary>
public sealed class OverloadTests : IDisposable
{
    private readonly HeldSegmenter _held = new();

    private FakeSegmenter Segmenter => _held.Segmenter;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _held.Dispose();

    [Fact]
    public async Task Full_queue_turns_requests_away_before_they_upload()
    {
        await using TestService service = await StartAsync(workers: 1, queue: 1);
        Task<HttpResponseMessage> first = service.PostAsync("a"u8.ToArray());
        await _held.EnteredAsync();
        Task<HttpResponseMessage> second = service.PostAsync("b"u8.ToArray());
        await Eventually.HoldsAsync(() => service.Pool.IsFull);

        using HttpResponseMessage third = await service.PostAsync("c"u8.ToArray());

        Assert.Equal("The service has as many pictures as it can take; ask again later.", await TestService.DetailAsync(third, 429));
        Assert.Equal(TimeSpan.FromSeconds(1), third.Headers.RetryAfter!.Delta);
        Assert.Contains("diffseg_service_pictures_total{outcome=\"full\"} 1\n", await service.Client.GetStringAsync("/metrics", Stop));
        _held.LetGo();
        Assert.All(await Task.WhenAll(first, second), response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(["a", "b"], Segmenter.Seen);
    }

    [Fact]
    public async Task Request_that_takes_too_long_is_given_up()
    {
        await using TestService service = await StartAsync(workers: 1, queue: 1, options => options.Timeout = TimeSpan.FromMilliseconds(100));

        // One is given up in work, the other while it waits.
        HttpResponseMessage[] late = await Task.WhenAll(service.PostAsync("a"u8.ToArray()), service.PostAsync("b"u8.ToArray()));

        foreach (HttpResponseMessage response in late)
        {
            Assert.Equal("The picture was given up after 0.1 seconds; ask again later.", await TestService.DetailAsync(response, 503));
            Assert.NotNull(response.Headers.RetryAfter);
            response.Dispose();
        }
    }

    [Fact]
    public async Task Client_that_goes_frees_its_worker()
    {
        await using TestService service = await StartAsync(workers: 1, queue: 1);
        using var leaving = new CancellationTokenSource();
        Task<HttpResponseMessage> gone = service.PostUntilAsync("a"u8.ToArray(), leaving.Token);
        await _held.EnteredAsync();
        Task<HttpResponseMessage> patient = service.PostAsync("b"u8.ToArray());

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await _held.EnteredAsync();
        _held.LetGo();
        using HttpResponseMessage answer = await patient;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Shutdown_answers_every_request_that_was_accepted()
    {
        await using TestService service = await StartAsync(workers: 2, queue: 20);
        using RawClient uploading = await RawClient.PromiseAsync(service.Port, 3);
        Task<HttpResponseMessage>[] accepted = [.. Enumerable.Range(0, 12).Select(number => service.PostAsync(Encoding.UTF8.GetBytes($"{number}")))];
        await Eventually.HoldsAsync(() => service.Pool.Waiting == 10);

        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = service.Lifetime.ApplicationStopping.Register(begun.SetResult);
        Task stopping = service.StopAsync();
        await begun.Task;
        await uploading.SendAsync("abc"u8.ToArray());
        await Eventually.HoldsAsync(() => service.Pool.Waiting == 11);
        Assert.False(stopping.IsCompleted);
        _held.LetGo();

        Assert.All(await Task.WhenAll(accepted), response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.StartsWith("HTTP/1.1 200 ", await uploading.ReadHeadAsync());
        await stopping;
        Assert.Equal(13, Segmenter.Seen.Count);
        await Assert.ThrowsAsync<HttpRequestException>(() => service.PostAsync([1]));
    }

    private Task<TestService> StartAsync(int workers, int queue, Action<SegmentationServiceOptions>? more = null) =>
        TestService.StartAsync(Segmenter, options =>
        {
            (options.Workers, options.QueueLength) = (workers, queue);
            more?.Invoke(options);
        });
}
