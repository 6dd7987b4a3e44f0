namespace DiffSeg.Batches;

/// <summary>Kinds of problems of a batch.</summary>
public enum BatchProblemKind
{
    /// <summary>Chunks are not done, or a file of one is missing. Running the batch again does them.</summary>
    Missing,

    /// <summary>A file is not the one that was written: cut off, changed, unreadable.</summary>
    Damaged,

    /// <summary>Whole files that do not fit the plan, or each other.</summary>
    Inconsistent,

    /// <summary>A file that a killed process left, or that another one is just writing.</summary>
    Unfinished,

    /// <summary>A file that is none of the batch's.</summary>
    Strange,
}
