using System.Net;
using System.Net.Http.Headers;

namespace DiffSeg.Cli.Pulling;

/// <summary>
/// Asks for files. Redirects are followed here and not by the handler: a token is sent to the server that it is meant
/// for and to no other, and what a redirect says about the file is kept.
/// </summary>
/// <param name="http">Sends requests; must not follow redirects itself.</param>
/// <param name="token">Token for the server that is asked first; null for none.</param>
internal sealed class HubClient(HttpMessageInvoker http, string? token)
{
    private const int MostRedirects = 10;

    /// <summary>The handler that fits: system proxies, no redirects, no decompression, a limit on connecting.</summary>
    public static HttpMessageHandler CreateHandler() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>Asks for a file, or the rest of it.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="from">First byte that is wanted.</param>
    /// <param name="ifRange">Entity tag that the file must still have for a part of it to be sent; null when unknown.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The answer, its body not yet read, and what the servers said.</returns>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    /// <exception cref="DownloadException">The redirects lead nowhere.</exception>
    public async Task<HubAnswer> GetAsync(Uri address, long from, string? ifRange, CancellationToken cancellationToken)
    {
        Uri target = address;
        var facts = new RemoteFacts();
        for (int hop = 0; hop <= MostRedirects; hop++)
        {
            using HttpRequestMessage request = Request(target, from, ifRange);
            if (token is not null && IsSameServer(target, address))
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (IsSameServer(target, address))
            {
                facts = facts.WithOrigin(response.Headers);
            }

            if (NextOf(response, target) is not { } next)
            {
                return new HubAnswer(response, Complete(facts, response));
            }

            response.Dispose();
            target = Allowed(next, target);
        }

        throw new DownloadException($"'{address}' leads from one address to the next more than {MostRedirects} times; the server or a proxy is set up wrongly.");
    }

    private static HttpRequestMessage Request(Uri target, long from, string? ifRange)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("diffseg", "1"));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
            request.Headers.IfRange = ifRange is null ? null : new RangeConditionHeaderValue(ifRange);
        }

        return request;
    }

    private static Uri? NextOf(HttpResponseMessage response, Uri target) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.Location is { } location
            ? new Uri(target, location)
            : null;

    private static Uri Allowed(Uri next, Uri from)
    {
        bool known = next.Scheme == Uri.UriSchemeHttps || next.Scheme == Uri.UriSchemeHttp;
        if (!known || (from.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps))
        {
            throw new DownloadException($"'{from.GetLeftPart(UriPartial.Path)}' leads to '{next.GetLeftPart(UriPartial.Path)}', which is not encrypted; that is refused.");
        }

        return next;
    }

    private static bool IsSameServer(Uri a, Uri b) =>
        a.Scheme == b.Scheme && a.Port == b.Port && string.Equals(a.IdnHost, b.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static RemoteFacts Complete(RemoteFacts facts, HttpResponseMessage response)
    {
        HttpContentHeaders content = response.Content.Headers;
        long? served = response.StatusCode == HttpStatusCode.OK ? content.ContentLength : content.ContentRange?.Length;
        return facts with
        {
            Size = facts.Size ?? served,
            Served = served,
            ETag = response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null,
        };
    }
}

/// <summary>An answer to a request for a file.</summary>
/// <param name="Response">The last server's answer, its body not yet read.</param>
/// <param name="Facts">What the servers said about the file.</param>
internal sealed record HubAnswer(HttpResponseMessage Response, RemoteFacts Facts) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Response.Dispose();
}
