using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Viewing;

/// <summary>Who may ask the viewer, and for what.</summary>
public sealed class ViewSafetyTests : IDisposable
{
    private const string Secret = "the secret";

    private readonly TestFolder _folder = new();

    public ViewSafetyTests()
    {
        TestPicture.SaveFields(_folder["photos/a.png"], 60, 40);
        _folder.Write("secret.txt", Encoding.UTF8.GetBytes(Secret));
        _folder.Write("photos/secret.txt", Encoding.UTF8.GetBytes(Secret));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Listens_on_loopback_only()
    {
        await using RunningViewer viewer = await StartAsync();

        IPEndPoint[] listening = [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(end => end.Port == viewer.Address.Port)];

        Assert.NotEmpty(listening);
        Assert.All(listening, end => Assert.True(IPAddress.IsLoopback(end.Address), end.ToString()));
        Assert.Equal("127.0.0.1", viewer.Address.Host);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:PORT")]
    [InlineData("127.0.0.1.evil.example:PORT")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("192.168.0.1:PORT")]
    [InlineData("[::1]:PORT")]
    public async Task Other_hosts_requests_are_refused(string host)
    {
        await using RunningViewer viewer = await StartAsync();
        foreach (string path in new[] { "/", "/api/pictures", "/api/pictures/0/picture" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host.Replace("PORT", $"{viewer.Address.Port}") } };
            using HttpResponseMessage response = await viewer.Client.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
            Assert.Contains("127.0.0.1 and localhost only", await response.Content.ReadAsStringAsync(Cancellation));
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Own_names_are_answered(string name)
    {
        await using RunningViewer viewer = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(viewer, "/", ("Host", $"{name}:{viewer.Address.Port}"), ("Origin", $"http://{name}:{viewer.Address.Port}")));
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Other_pages_requests_are_refused(string header, string value)
    {
        await using RunningViewer viewer = await StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(viewer, "/", (header, value)));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(viewer, "/api/pictures/0/picture", (header, value)));
    }

    [Theory]
    [InlineData("same-origin")]
    [InlineData("none")]
    public async Task Own_pages_requests_are_answered(string site)
    {
        await using RunningViewer viewer = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(viewer, "/api/pictures", ("Sec-Fetch-Site", site)));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public async Task Other_methods_are_refused(string method)
    {
        await using RunningViewer viewer = await StartAsync();
        using HttpResponseMessage response = await viewer.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/api/pictures"), Cancellation);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/photos/a.png")]
    [InlineData("/secret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/..%5csecret.txt")]
    [InlineData("//etc/passwd")]
    [InlineData("/api/pictures/../../secret.txt")]
    [InlineData("/api/pictures/..%2f..%2fsecret.txt/picture")]
    [InlineData("/api/pictures/secret.txt/picture")]
    [InlineData("/api/pictures/-1/picture")]
    [InlineData("/api/pictures/1/picture")]
    [InlineData("/api/pictures/99999999999999999999/picture")]
    [InlineData("/api/pictures/0x0/picture")]
    [InlineData("/api/pictures/0/picture/secret.txt")]
    [InlineData("/api/pictures/0/..")]
    [InlineData("/api")]
    [InlineData("/api/")]
    [InlineData("/api/pictures/")]
    [InlineData("/index.html/")]
    [InlineData("/view/index.html")]
    [InlineData("/catalogue.json")]
    public async Task Nothing_but_the_pictures_is_reached(string path)
    {
        await using RunningViewer viewer = await StartAsync();

        string answer = await RawAsync(viewer.Address.Port, path);

        Assert.Matches(@"^HTTP/1\.1 (404|400) ", answer);
        Assert.DoesNotContain(Secret, answer);
        Assert.DoesNotContain("root:", answer);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/view.js")]
    [InlineData("/api/pictures/0/picture")]
    [InlineData("/api/pictures/7/picture")]
    public async Task Every_answer_is_restricted(string path)
    {
        await using RunningViewer viewer = await StartAsync();

        using HttpResponseMessage response = await viewer.Client.GetAsync(path, Cancellation);

        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        foreach (string part in new[] { "default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'" })
        {
            Assert.Contains(part, policy);
        }

        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Empty(response.Headers.Server);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningViewer viewer, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using HttpResponseMessage response = await viewer.Client.SendAsync(request, Cancellation);
        return response.StatusCode;
    }

    // A client that does not tidy paths up.
    private static async Task<string> RawAsync(int port, string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Cancellation);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"), Cancellation);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Cancellation);
    }

    private Task<RunningViewer> StartAsync() => RunningViewer.StartAsync(_folder.Path, new FakeEncoder(), "photos");
}
