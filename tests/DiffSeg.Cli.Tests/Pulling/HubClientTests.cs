using System.Net;
using DiffSeg.Cli.Pulling;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Pulling;

/// <summary>Redirects, tokens, and what is believed of whom.</summary>
public sealed class HubClientTests : IAsyncLifetime
{
    private readonly byte[] _content = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];
    private FileServer _hub = null!;
    private FileServer _store = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await FileServer.StartAsync();
        _store = await FileServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Token_goes_to_the_server_that_was_asked_and_to_no_other()
    {
        RedirectToStore();

        using HubAnswer answer = await Get("secret", from: 10);

        Assert.Equal(HttpStatusCode.PartialContent, answer.Response.StatusCode);
        Assert.Equal("Bearer secret", Assert.Single(_hub.Requests).Authorization);
        Assert.Equal(("", "bytes=10-"), (Assert.Single(_store.Requests).Authorization, _store.Requests.First().Range));
    }

    [Fact]
    public async Task Token_goes_along_on_the_same_server()
    {
        _hub.Serve("/there", _content);
        _hub.Misbehave = (context, number) =>
        {
            if (number == 1)
            {
                context.Response.StatusCode = 307;
                context.Response.Headers.Location = "/there";
            }

            return Task.FromResult(number == 1);
        };

        using HubAnswer answer = await Get("secret");

        Assert.Equal(["Bearer secret", "Bearer secret"], _hub.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task Hash_is_taken_from_the_hub_and_never_from_the_store_behind_it()
    {
        ServedFile file = RedirectToStore();

        using HubAnswer answer = await Get(token: null);

        Assert.Equal((file.Sha256, "cafe", 1000L), (answer.Facts.Sha256, answer.Facts.Commit, answer.Facts.Size));
        Assert.Equal($"\"{new string('e', 64)}\"", answer.Facts.ETag);
    }

    [Fact]
    public async Task Circle_of_redirects_ends()
    {
        _hub.Misbehave = (context, _) =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "/again";
            return Task.FromResult(true);
        };

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Get(token: null));

        Assert.Equal($"'{_hub.Of("/file")}' leads from one address to the next more than 10 times; the server or a proxy is set up wrongly.", error.Message);
        Assert.Equal(11, _hub.Requests.Count);
    }

    [Theory]
    [InlineData("http://example.org/file", "http://example.org/file")]
    [InlineData("file:///etc/passwd", "file:///etc/passwd")]
    public async Task Way_out_of_encryption_is_refused(string location, string named)
    {
        using var http = new HttpMessageInvoker(new Redirecting(location));

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(
            () => new HubClient(http, "secret").GetAsync(new Uri("https://example.org/file?x=1"), 0, null, TestContext.Current.CancellationToken));

        Assert.Equal($"'https://example.org/file' leads to '{named}', which is not encrypted; that is refused.", error.Message);
    }

    private ServedFile RedirectToStore()
    {
        // As the real hub does: the store's entity tag is 64 hex digits as well, and another hash.
        ServedFile file = _store.Files["/store"] = new ServedFile(_content) { LinkedHash = null, ETag = $"\"{new string('e', 64)}\"" };
        _hub.Misbehave = (context, _) =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = _store.Of("/store").AbsoluteUri;
            context.Response.Headers["X-Linked-Etag"] = $"\"{file.Sha256}\"";
            context.Response.Headers["X-Linked-Size"] = "1000";
            context.Response.Headers["X-Repo-Commit"] = "cafe";
            return Task.FromResult(true);
        };
        return file;
    }

    private async Task<HubAnswer> Get(string? token, long from = 0)
    {
        using var http = new HttpMessageInvoker(HubClient.CreateHandler());
        return await new HubClient(http, token).GetAsync(_hub.Of("/file"), from, null, TestContext.Current.CancellationToken);
    }

    private sealed class Redirecting(string location) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage(HttpStatusCode.Found);
            response.Headers.Location = new Uri(location);
            return Task.FromResult(response);
        }
    }
}
