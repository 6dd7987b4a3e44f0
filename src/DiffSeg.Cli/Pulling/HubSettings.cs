namespace DiffSeg.Cli.Pulling;

/// <summary>Which model hub is asked, with which token, or whether none is to be asked at all.</summary>
/// <param name="Server">Address of the hub, with no '/' at its end.</param>
/// <param name="Token">Token for it; null for none.</param>
/// <param name="Offline">Whether nothing may be asked.</param>
internal sealed record HubSettings(Uri Server, string? Token, bool Offline)
{
    private const string Standard = "https://huggingface.co";

    /// <summary>Puts together what was given on the command line and in the environment.</summary>
    /// <param name="mirror">--mirror; null when not given.</param>
    /// <param name="token">--token; null when not given.</param>
    /// <param name="offline">--offline.</param>
    /// <param name="variable">Values of environment variables.</param>
    /// <exception cref="SetupException">An address is none, or a token would be sent where others can read it.</exception>
    /// <remarks>
    /// HF_TOKEN is meant for the hub and for HF_ENDPOINT, as other programs of the hub use them. A mirror of our own
    /// settings gets a token only when it is given for it, by --token.
    /// </remarks>
    public static HubSettings From(string? mirror, string? token, bool offline, Func<string, string?> variable)
    {
        (string name, string? address) = mirror is not null ? ("--mirror", mirror) : ("DIFFSEG_MIRROR", Value("DIFFSEG_MIRROR"));
        bool own = address is not null;
        if (!own)
        {
            (name, address) = ("HF_ENDPOINT", Value("HF_ENDPOINT") ?? Standard);
        }

        Uri server = Checked(name, address!);
        string? sent = token ?? (own ? null : Value("HF_TOKEN"));
        if (sent is not null && server.Scheme != Uri.UriSchemeHttps && !server.IsLoopback)
        {
            throw new SetupException($"{name} '{address}' is not encrypted, and a token would be sent there. Give an https address, or no token.");
        }

        return new HubSettings(server, sent, offline || IsOn("DIFFSEG_OFFLINE") || IsOn("HF_HUB_OFFLINE"));

        string? Value(string key) => variable(key)?.Trim() is { Length: > 0 } value ? value : null;

        bool IsOn(string key) => Value(key)?.ToUpperInvariant() is "1" or "TRUE" or "YES" or "ON";
    }

    /// <summary>The address of a file.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="revision">Its commit or branch.</param>
    /// <param name="path">The file in it, with '/'.</param>
    public Uri AddressOf(string repository, string revision, string path) =>
        new($"{Server.AbsoluteUri.TrimEnd('/')}/{repository}/resolve/{Uri.EscapeDataString(revision)}/{path}");

    private static Uri Checked(string name, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? server)
        && (server.Scheme == Uri.UriSchemeHttps || server.Scheme == Uri.UriSchemeHttp)
        && server.Query.Length == 0
            ? server
            : throw new SetupException($"{name} takes the address of a server such as {Standard}, not '{address}'.");
}
