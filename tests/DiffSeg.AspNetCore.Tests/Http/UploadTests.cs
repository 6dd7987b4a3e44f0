using System.Net;
using DiffSeg.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace DiffSeg.AspNetCore.Tests.Http;

/// <summary>Uploads that are slow, cut off or too many, by raw sockets.</summary>
public sealed class UploadTests : IDisposable
{
    private readonly FakeSegmenter _segmenter = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _segmenter.Dispose();

    [Fact]
    public async Task Slow_upload_is_given_up()
    {
        await using TestService service = await TestService.StartAsync(_segmenter, options => options.UploadTimeout = TimeSpan.FromMilliseconds(200));
        using RawClient slow = await RawClient.PromiseAsync(service.Port, 100);
        await slow.SendAsync(new byte[10]);

        string answer = await slow.ReadHeadAsync();

        Assert.StartsWith("HTTP/1.1 408 ", answer);
        Assert.Contains("Connection: close", answer);
        Assert.Empty(_segmenter.Seen);
    }

    [Fact]
    public async Task Upload_that_goes_on_after_its_deadline_is_no_error_of_the_server()
    {
        using var errors = new LoggedErrors();
        await using TestService service = await TestService.StartAsync(
            _segmenter, options => options.UploadTimeout = TimeSpan.FromMilliseconds(200), builder => builder.Logging.AddProvider(errors));
        using RawClient slow = await RawClient.PromiseAsync(service.Port, 100);

        await slow.TrickleAsync();

        // The rest of the answer, and the server's end: it has read what came after its answer by then.
        while ((await slow.TrickleAsync()).Length > 0)
        {
        }

        Assert.Empty(errors.Messages);
    }

    [Fact]
    public async Task Upload_that_trickles_is_given_up_at_its_deadline()
    {
        await using TestService service = await TestService.StartAsync(_segmenter, options =>
        {
            options.UploadTimeout = TimeSpan.FromMilliseconds(200);
            options.MaxUploads = 1;
        });
        await TrickledUploadIsGivenUpAsync(service);
    }

    [Fact]
    public async Task Upload_that_trickles_is_given_up_by_the_servers_least_rate()
    {
        // The grace is about the least that Kestrel takes; nothing is as fast as the rate.
        await using TestService service = await TestService.StartAsync(
            _segmenter,
            options => (options.MaxUploads, options.UploadTimeout) = (1, TimeSpan.FromDays(1)),
            builder => builder.WebHost.ConfigureKestrel(
                options => options.Limits.MinRequestBodyDataRate = new MinDataRate(1e12, TimeSpan.FromSeconds(1.001))));
        await TrickledUploadIsGivenUpAsync(service);
    }

    [Fact]
    public async Task Too_many_uploads_are_turned_away_until_one_is_done()
    {
        await using TestService service = await TestService.StartAsync(_segmenter, options => options.MaxUploads = 1);
        using RawClient first = await RawClient.PromiseAsync(service.Port, 3);

        using HttpResponseMessage second = await service.PostAsync([1]);

        await TestService.DetailAsync(second, 429);
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        await first.SendAsync("abc"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 200 ", await first.ReadHeadAsync());
        using HttpResponseMessage third = await service.PostAsync("d"u8.ToArray());
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        Assert.Equal(["abc", "d"], _segmenter.Seen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cut_upload_is_no_picture_and_holds_no_place(bool reset)
    {
        await using TestService service = await TestService.StartAsync(_segmenter, options => options.MaxUploads = 1);
        using RawClient cut = await RawClient.PromiseAsync(service.Port, 100);
        await cut.SendAsync(new byte[10]);

        if (reset)
        {
            cut.Reset();
        }
        else
        {
            // A server that sees the end of the upload answers, if at all, that the request is bad.
            cut.CutOff();
            string answer = await cut.ReadHeadAsync();
            Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal), answer);
        }

        // The server learns of the end some time after the client has made it.
        await Eventually.HoldsAsync(async () =>
        {
            using HttpResponseMessage response = await service.PostAsync("d"u8.ToArray());
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.TooManyRequests, $"{response.StatusCode}");
            return response.StatusCode == HttpStatusCode.OK;
        });
        Assert.Equal(["d"], _segmenter.Seen);
    }

    private async Task TrickledUploadIsGivenUpAsync(TestService service)
    {
        // So many that it would be whole in half a minute.
        using RawClient slow = await RawClient.PromiseAsync(service.Port, 3000);

        string answer = await slow.TrickleAsync();

        // Bytes that come when the server has closed may take its answer with them; its metrics tell all the same.
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408 ", StringComparison.Ordinal), answer);
        await Eventually.HoldsAsync(async () =>
            (await service.Client.GetStringAsync("/metrics", Stop)).Contains("http_response_status_code=\"408\"", StringComparison.Ordinal));
        Assert.Empty(_segmenter.Seen);
        using HttpResponseMessage next = await service.PostAsync("d"u8.ToArray());
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }
}
