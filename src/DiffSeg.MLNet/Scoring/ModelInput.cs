namespace DiffSeg.MLNet.Scoring;

/// <summary>An input of the model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">What it is fed with.</param>
/// <param name="PerRow">Whether every row has values of its own.</param>
internal sealed record ModelInput(string Name, NativeTensor Values, bool PerRow);
