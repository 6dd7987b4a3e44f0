using System.Net;
using DiffSeg.AspNetCore.Http;
using DiffSeg.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Http;

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
    public void Upload_that_the_server_finds_too_slow_is_told_so()
    {
        RequestProblem? problem = ProblemAnswer.Of(new BadHttpRequestException("Reading the request body timed out.", 408));
        Assert.Equal((408, "Reading the request body timed out."), (problem!.Status, problem.Message));
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

        Assert.Equal(HttpStatusCode.OK, await OnceThereIsRoom(service));
        Assert.Equal(["d"], _segmenter.Seen);
    }

    // The server learns of the end some time after the client has made it.
    private static async Task<HttpStatusCode> OnceThereIsRoom(TestService service)
    {
        while (true)
        {
            using HttpResponseMessage response = await service.PostAsync("d"u8.ToArray());
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return response.StatusCode;
            }

            Stop.ThrowIfCancellationRequested();
        }
    }
}
