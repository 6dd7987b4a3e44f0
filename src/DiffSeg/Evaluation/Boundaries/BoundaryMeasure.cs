namespace DiffSeg.Evaluation;

/// <summary>The boundary precision and recall of BSDS.</summary>
/// <remarks>
/// <para>
/// D. Martin, C. Fowlkes and J. Malik, "Learning to detect natural image boundaries using local brightness, color, and
/// texture cues", PAMI 26(5), 2004. A pixel of the mask's boundary may be matched with one pixel of an annotator's boundary
/// that lies within the tolerance; each annotator is matched by itself. A pixel of the mask counts as right if any
/// annotator has it; recall counts every annotator's pixels.
/// </para>
/// <para>
/// The number of matched pixels is exact: the most that can be (Hopcroft and Karp), as with BSDS's correspondPixels. That
/// also makes the sum of the distances smallest; here near pixels are only tried first. With one annotator the counts are
/// the same; with several, which of equally many pixels are matched may differ and so move the precision a little.
/// BSDS's own code draws random edges there.
/// </para>
/// <para>
/// A mask has hard boundaries, so there is no threshold to sweep: BSDS's ODS, OIS and AP do not apply. The F-measure of the
/// counts summed over images is what ODS becomes with one threshold.
/// </para>
/// </remarks>
public static class BoundaryMeasure
{
    /// <summary>BSDS's tolerance: the farthest that matched pixels may lie apart, as a share of the image's diagonal.</summary>
    public const double DefaultTolerance = 0.0075;

    /// <summary>Matches the boundary of a mask with those of the annotators.</summary>
    /// <param name="mask">The mask's boundary.</param>
    /// <param name="annotators">The annotators' boundaries, at least one, of the same size.</param>
    /// <param name="tolerance">Share of the diagonal, 0 or more and below 1.</param>
    /// <returns>The counts of the image.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is out of range.</exception>
    /// <exception cref="EvaluationException">There is no annotator, or the sizes differ.</exception>
    public static BoundaryCounts Compare(
        BoundaryMap mask, IReadOnlyList<BoundaryMap> annotators, double tolerance = DefaultTolerance)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(annotators);
        CheckTolerance(tolerance, nameof(tolerance));
        if (annotators.Count == 0)
        {
            throw new EvaluationException("There is no annotator to compare the mask with; give at least one.");
        }

        double radius = tolerance * Math.Sqrt(((double)mask.Height * mask.Height) + ((double)mask.Width * mask.Width));
        bool[] matched = new bool[mask.Pixels.Length];
        (long truthMatched, long truthBoundary) = (0, 0);
        foreach (BoundaryMap truth in annotators)
        {
            if (truth.Height != mask.Height || truth.Width != mask.Width)
            {
                throw new EvaluationException(
                    $"The mask's boundary has {mask.Height} x {mask.Width} pixels, an annotator's {truth.Height} x "
                    + $"{truth.Width}.");
            }

            truthBoundary += truth.Pixels.Length;
            ReadOnlySpan<int> partners = BoundaryMatching.Solve(
                new BoundaryNeighbours(mask, truth, radius), truth.Pixels.Length);
            for (int i = 0; i < partners.Length; i++)
            {
                bool hit = partners[i] >= 0;
                truthMatched += hit ? 1 : 0;
                matched[i] |= hit;
            }
        }

        return new BoundaryCounts(matched.Count(hit => hit), matched.Length, truthMatched, truthBoundary);
    }

    /// <summary>Throws unless the tolerance is a share of the diagonal.</summary>
    internal static void CheckTolerance(double tolerance, string name)
    {
        if (tolerance is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                name, tolerance, $"{name} is a share of the image's diagonal and must be at least 0 and below 1.");
        }
    }
}
