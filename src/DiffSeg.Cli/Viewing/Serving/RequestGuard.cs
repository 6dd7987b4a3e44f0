using System.Globalization;
using DiffSeg.Cli.Viewing.Answers;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.Cli.Viewing.Serving;

/// <summary>
/// Lets requests of the viewer's own page through and no others. Any web page that the user visits can send requests to this
/// machine: under its own name (cross-origin), or under a name that it makes point here (DNS rebinding).
/// </summary>
internal static class RequestGuard
{
    private const int HttpPort = 80;

    // The page loads its own files and nothing else; nobody may frame it.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Checks a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="port">The viewer's port.</param>
    /// <exception cref="ViewProblem">It is refused.</exception>
    public static void Check(HttpRequest request, int port)
    {
        string host = request.Headers.Host.ToString();
        if (!IsOwn(host, port))
        {
            throw new ViewProblem(StatusCodes.Status421MisdirectedRequest, "The viewer answers to 127.0.0.1 and localhost only.");
        }

        string origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !(origin.StartsWith("http://", StringComparison.Ordinal) && origin.AsSpan(7).SequenceEqual(host)))
        {
            throw new ViewProblem(StatusCodes.Status403Forbidden, "The viewer answers its own page only.");
        }

        // "none": the user typed the address or followed a bookmark.
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
        {
            throw new ViewProblem(StatusCodes.Status403Forbidden, "The viewer answers its own page only; type its address into the browser.");
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            request.HttpContext.Response.Headers.Allow = "GET, HEAD";
            throw new ViewProblem(StatusCodes.Status405MethodNotAllowed, "The viewer only shows: GET and HEAD.");
        }
    }

    /// <summary>Says what a browser may do with an answer.</summary>
    /// <param name="response">The answer.</param>
    public static void Restrict(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = ContentPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
    }

    private static bool IsOwn(string host, int port)
    {
        string ending = string.Create(CultureInfo.InvariantCulture, $":{port}");
        return Names.Any(name => host.Equals(name + ending, StringComparison.OrdinalIgnoreCase)
            || (port == HttpPort && host.Equals(name, StringComparison.OrdinalIgnoreCase)));
    }

    private static readonly string[] Names = ["127.0.0.1", "localhost"];
}
