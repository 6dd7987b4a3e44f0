namespace DiffSeg.Cli.Batching.Asking;

/// <summary>What "diffseg batch verify" and "diffseg batch merge" were asked.</summary>
/// <param name="Folder">The batch's folder, as given.</param>
/// <param name="Json">File to write the statistics to, as given; null for none.</param>
/// <param name="Quiet">Whether to say only what went wrong.</param>
internal sealed record BatchFolderRequest(string Folder, string? Json, bool Quiet);
