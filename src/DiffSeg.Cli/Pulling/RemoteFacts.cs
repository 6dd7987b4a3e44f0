using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace DiffSeg.Cli.Pulling;

/// <summary>What a server says about a file, gathered over its redirects.</summary>
/// <param name="Size">Length of the whole file in bytes.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hex, when the server gives it.</param>
/// <param name="ETag">The entity tag with its quotation marks, when there is a strong one.</param>
/// <param name="Commit">The commit of the repository, when the server is a model hub.</param>
/// <param name="Served">Length of the whole file as the server of its bytes has it, when that says so.</param>
internal sealed partial record RemoteFacts(long? Size = null, string? Sha256 = null, string? ETag = null, string? Commit = null, long? Served = null)
{
    /// <summary>Adds what a redirect, or the answer that nobody redirected, says of the file.</summary>
    /// <param name="headers">Headers of the server that was asked first.</param>
    /// <remarks>
    /// A model hub answers with a redirect to a store of large files. Only its own headers name the file's SHA-256: the
    /// store's entity tag may be 64 hex digits and yet another hash. The entity tag of a small file is its git hash, of 40.
    /// </remarks>
    public RemoteFacts WithOrigin(HttpResponseHeaders headers) => this with
    {
        Size = long.TryParse(Value(headers, "X-Linked-Size"), out long size) && size >= 0 ? size : Size,
        Sha256 = HashIn(Value(headers, "X-Linked-Etag")) ?? HashIn(headers.ETag?.Tag) ?? Sha256,
        Commit = Value(headers, "X-Repo-Commit") ?? Commit,
    };

    private static string? HashIn(string? tag)
    {
        string? text = tag?.Trim('"').ToLowerInvariant();
        return text is not null && Hash().IsMatch(text) ? text : null;
    }

    private static string? Value(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();
}
