namespace DiffSeg.Cli.Batching.Listing;

/// <summary>An image of a batch.</summary>
/// <param name="Id">What it is called in the results; no two images have the same.</param>
/// <param name="Path">Where it is, from <paramref name="Folder"/>.</param>
/// <param name="Folder">Full path of the folder that <paramref name="Path"/> starts from.</param>
/// <param name="Place">Where the user listed it, for messages: "list.txt, line 12", or an input.</param>
internal readonly record struct ListedImage(string Id, string Path, string Folder, string Place);
