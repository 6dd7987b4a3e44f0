namespace DiffSeg.Cli.Inputs;

/// <summary>One picture to segment.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Name">The path as the user would write it; shown in messages.</param>
internal sealed record InputImage(string Path, string Name);
