namespace DiffSeg.Evaluation;

/// <summary>Boundary pixels and how many of them found a counterpart; add up over images.</summary>
/// <param name="Matched">Pixels of the mask's boundary matched with an annotator's, counted once.</param>
/// <param name="Boundary">Pixels of the mask's boundary.</param>
/// <param name="TruthMatched">Pixels of the annotators' boundaries matched with the mask's, over all annotators.</param>
/// <param name="TruthBoundary">Pixels of the annotators' boundaries, over all annotators.</param>
public readonly record struct BoundaryCounts(long Matched, long Boundary, long TruthMatched, long TruthBoundary)
{
    /// <summary>Share of the mask's boundary that is matched, 0 to 1; 1 where the mask has none.</summary>
    public double Precision => Boundary == 0 ? 1 : (double)Matched / Boundary;

    /// <summary>Share of the annotators' boundaries that is matched, 0 to 1; 1 where they have none.</summary>
    public double Recall => TruthBoundary == 0 ? 1 : (double)TruthMatched / TruthBoundary;

    /// <summary>
    /// Harmonic mean of precision and recall, 0 to 1. Where neither has a boundary it is 1; BSDS's code says 0 there.
    /// </summary>
    public double FMeasure => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    /// <summary>The counts of both together.</summary>
    /// <param name="first">Some images.</param>
    /// <param name="second">Other images.</param>
    /// <returns>The sums.</returns>
    public static BoundaryCounts operator +(BoundaryCounts first, BoundaryCounts second) => new(
        first.Matched + second.Matched,
        first.Boundary + second.Boundary,
        first.TruthMatched + second.TruthMatched,
        first.TruthBoundary + second.TruthBoundary);
}
