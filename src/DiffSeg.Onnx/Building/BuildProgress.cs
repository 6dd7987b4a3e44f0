namespace DiffSeg.Onnx;

/// <summary>How far the building of an attention model is.</summary>
/// <param name="Stage">What is being done, as a phrase to show.</param>
/// <param name="Fraction">Share of this stage that is done, 0 to 1.</param>
public readonly record struct BuildProgress(string Stage, double Fraction);
