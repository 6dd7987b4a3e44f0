using System.Net;
using DiffSeg.AspNetCore.Tests.Support;

namespace DiffSeg.AspNetCore.Tests.Health;

public sealed class HealthTests : IDisposable
{
    private readonly FakeSegmenter _segmenter = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _segmenter.Dispose();

    [Fact]
    public async Task Faults_in_a_row_make_it_neither_live_nor_ready_until_a_picture_succeeds()
    {
        await using TestService service = await TestService.StartAsync(_segmenter);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), await States(service));

        _segmenter.Before = (_, _) => throw new OutOfMemoryException();
        for (int i = 0; i < 4; i++)
        {
            using HttpResponseMessage failed = await service.PostAsync([1]);
            Assert.Equal("The service failed, through no fault of the picture; its log says why.", await TestService.DetailAsync(failed, 500));
        }

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), await States(service));
        (await service.PostAsync([1])).Dispose();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), await States(service));

        _segmenter.Before = (_, _) => { };
        (await service.PostAsync([1])).Dispose();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), await States(service));
    }

    [Fact]
    public async Task Model_that_hangs_with_all_workers_makes_it_neither_live_nor_ready_while_it_does()
    {
        using var goOn = new ManualResetEventSlim();
        _segmenter.Before = (_, _) => goOn.Wait(Stop);
        await using TestService service = await TestService.StartAsync(
            _segmenter, options => (options.Workers, options.Timeout) = (2, TimeSpan.FromMilliseconds(50)));
        try
        {
            await HangAsync(service, workers: 1);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), await States(service));

            await HangAsync(service, workers: 2);
            while (await States(service) != (HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable))
            {
                await Task.Yield();
            }
        }
        finally
        {
            goOn.Set();
        }

        while (await States(service) != (HttpStatusCode.OK, HttpStatusCode.OK))
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Shutting_down_it_is_live_and_not_ready_and_takes_no_pictures()
    {
        await using TestService service = await TestService.StartAsync(_segmenter);

        // What the host calls first; the server itself still listens.
        service.Lifetime.StopApplication();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), await States(service));
        using HttpResponseMessage refused = await service.PostAsync([1]);
        Assert.Equal("The service is shutting down; ask another one.", await TestService.DetailAsync(refused, 503));
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.Empty(_segmenter.Seen);
    }

    // Who asks is told in time that nothing comes.
    private async Task HangAsync(TestService service, int workers)
    {
        while (_segmenter.Seen.Count < workers)
        {
            using HttpResponseMessage late = await service.PostAsync([1]);
            Assert.Equal("The picture was given up after 0.05 seconds; ask again later.", await TestService.DetailAsync(late, 503));
        }
    }

    private static async Task<(HttpStatusCode Live, HttpStatusCode Ready)> States(TestService service)
    {
        using HttpResponseMessage live = await service.Client.GetAsync("/live", Stop), ready = await service.Client.GetAsync("/ready", Stop);
        return (live.StatusCode, ready.StatusCode);
    }
}
