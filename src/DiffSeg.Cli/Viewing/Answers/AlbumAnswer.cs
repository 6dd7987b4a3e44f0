namespace DiffSeg.Cli.Viewing.Answers;

/// <summary>What the page needs to begin.</summary>
/// <param name="Pictures">Name of each picture; its number is its address.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Threshold">The threshold to begin with, in the middle of the slider.</param>
/// <param name="Palette">Colour of each label, "#RRGGBB"; past the last they begin again.</param>
internal sealed record AlbumAnswer(IReadOnlyList<string> Pictures, string Model, float Threshold, IReadOnlyList<string> Palette);
