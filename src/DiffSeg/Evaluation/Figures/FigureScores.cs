namespace DiffSeg.Evaluation;

/// <summary>How well the chosen segments cover the figure of one image.</summary>
/// <param name="TruePositives">Pixels of the figure that are chosen.</param>
/// <param name="FalsePositives">Pixels of the ground that are chosen.</param>
/// <param name="FalseNegatives">Pixels of the figure that are not chosen.</param>
public readonly record struct FigureScores(long TruePositives, long FalsePositives, long FalseNegatives)
{
    /// <summary>
    /// The weight beta^2 of the salient-object literature. R. Achanta, S. Hemami, F. Estrada and S. Susstrunk,
    /// "Frequency-tuned salient region detection", CVPR 2009.
    /// </summary>
    public const double SalientBetaSquared = 0.3;

    /// <summary>Intersection over union of the chosen pixels and the figure, 0 to 1; 1 where both are empty.</summary>
    public double IoU => Share(TruePositives, TruePositives + FalsePositives + FalseNegatives);

    /// <summary>Share of the chosen pixels that are figure; 1 where both are empty, 0 where only the choice is.</summary>
    public double Precision => Share(TruePositives, TruePositives + FalsePositives);

    /// <summary>Share of the figure that is chosen; 1 where both are empty, 0 where only the figure is.</summary>
    public double Recall => Share(TruePositives, TruePositives + FalseNegatives);

    /// <summary>
    /// (1 + b) P R / (b P + R) with b = beta^2, 0 to 1; the more b, the more recall weighs. 1 where both are empty.
    /// </summary>
    /// <param name="betaSquared">Above 0; 0.3 in the salient-object literature, 1 for the harmonic mean.</param>
    /// <returns>The F-measure.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The weight is not above 0 and finite.</exception>
    public double FMeasure(double betaSquared = SalientBetaSquared)
    {
        if (!(betaSquared > 0 && double.IsFinite(betaSquared)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(betaSquared), betaSquared, "betaSquared must be above 0 and finite.");
        }

        double weighted = (betaSquared * Precision) + Recall;
        return weighted == 0 ? 0 : (1 + betaSquared) * Precision * Recall / weighted;
    }

    private double Share(long part, long whole) =>
        whole > 0 ? (double)part / whole : TruePositives + FalsePositives + FalseNegatives == 0 ? 1 : 0;
}
