namespace DiffSeg.Cli.Pulling;

/// <summary>A file to download.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Size">Its length in bytes; null to take the server's word.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hex; null to take the server's word, if it gives one.</param>
internal sealed record RemoteFile(Uri Address, string Name, long? Size = null, string? Sha256 = null);
