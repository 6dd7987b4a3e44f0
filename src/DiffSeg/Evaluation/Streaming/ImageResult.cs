namespace DiffSeg.Evaluation;

/// <summary>What one image adds to the sums.</summary>
/// <param name="Scores">Its measures.</param>
/// <param name="Histogram">Its histogram where classes are measured.</param>
/// <param name="Counts">Its counts where labels are matched per image.</param>
/// <param name="Boundaries">Its boundary pixels; 0 where not measured.</param>
internal sealed record ImageResult(
    ImageScores Scores, ConfusionHistogram? Histogram, ClassCounts? Counts, BoundaryCounts Boundaries);
