namespace DiffSeg.Cli.Evaluating.Asking;

/// <summary>Everything that "diffseg eval merge" was asked.</summary>
/// <param name="Folders">The folders of the parts, as given.</param>
/// <param name="Output">The folder of results, as given.</param>
/// <param name="Quiet">Whether to say only what went wrong.</param>
internal sealed record MergeRequest(IReadOnlyList<string> Folders, string Output, bool Quiet);
