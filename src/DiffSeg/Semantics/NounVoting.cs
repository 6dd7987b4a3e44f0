namespace DiffSeg.Semantics;

/// <summary>How the pixels of a segment agree on a noun. Every noun's map counts in parts of its L2 norm over all pixels.</summary>
public enum NounVoting
{
    /// <summary>The noun whose mean over the segment's pixels is highest; of equal ones the first.</summary>
    Mean,

    /// <summary>
    /// As in the published code's "majority": each pixel votes for its highest noun (of equal ones the first), and the
    /// <i>median</i> of the votes' positions in the list of nouns wins, rounded down where it falls between two. With more than two nouns
    /// that depends on their order and may be a noun that few voted for.
    /// </summary>
    Majority,
}
