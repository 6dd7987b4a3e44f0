namespace DiffSeg.Cli.Pulling;

/// <summary>The npm client, which knows its registry, proxies and cache.</summary>
internal interface INpmClient
{
    /// <summary>Fetches the archive of a package.</summary>
    /// <param name="package">The package.</param>
    /// <param name="version">Its version.</param>
    /// <param name="folder">Where to put the archive; an existing folder.</param>
    /// <param name="offline">Whether to take it from npm's cache only.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The archive.</returns>
    /// <exception cref="DownloadException">npm is not there, or failed; the message has what it said.</exception>
    Task<string> PackAsync(string package, string version, string folder, bool offline, CancellationToken cancellationToken);
}
