namespace DiffSeg.Evaluation;

/// <summary>How many pixels have one class and one label.</summary>
/// <param name="Class">The ground truth's class.</param>
/// <param name="Label">The mask's label.</param>
/// <param name="Pixels">Pixels with both, at least 1.</param>
internal readonly record struct ContingencyCell(ushort Class, ushort Label, long Pixels);
