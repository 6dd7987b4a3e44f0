namespace DiffSeg.Evaluation;

/// <summary>Which segments of a mask count as figure. Every rule looks at the ground truth: an oracle, an upper bound.</summary>
/// <remarks>
/// Segments have no names, so a figure has to be chosen from them. The figures say how well the segments could make the
/// figure, not that a method without the ground truth would find it; do not set them beside such a method's.
/// </remarks>
public enum FigureRule
{
    /// <summary>Each segment of which more than half is figure in the ground truth: the choice with the best accuracy.</summary>
    OracleMajority,

    /// <summary>The set of segments whose union overlaps the figure best (intersection over union).</summary>
    OracleBestUnion,

    /// <summary>The one segment that overlaps the figure best (intersection over union).</summary>
    OracleBestSegment,
}
