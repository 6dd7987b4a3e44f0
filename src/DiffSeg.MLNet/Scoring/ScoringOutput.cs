namespace DiffSeg.MLNet.Scoring;

/// <summary>An output of the model: its name, which is its column's, and the shape that the file declares.</summary>
internal sealed record ScoringOutput(string Name, int[] Shape);
