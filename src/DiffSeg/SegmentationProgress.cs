namespace DiffSeg;

/// <summary>The steps of one segmentation, in order.</summary>
public enum SegmentationStage
{
    /// <summary>Iterative attention merging.</summary>
    Merging,

    /// <summary>Refinement by k-means, where asked for.</summary>
    Refining,

    /// <summary>Non-maximum suppression at the output size.</summary>
    Masking,

    /// <summary>Clean-up, numbering and measuring of the segments.</summary>
    Numbering,
}

/// <summary>How far a segmentation has come.</summary>
/// <param name="Stage">The step that goes on now.</param>
/// <param name="Step">Steps done within the stage: iterations of the merging or of k-means; 0 at its start.</param>
/// <param name="Steps">How many steps the stage has at most, at least 1.</param>
public readonly record struct SegmentationProgress(SegmentationStage Stage, int Step, int Steps);
