namespace DiffSeg;

/// <summary>One iteration of the merging, as it was left.</summary>
public sealed class MergingStep
{
    internal MergingStep(
        int iteration, float threshold, ProposalSet proposals, IReadOnlyList<int> anchors, IReadOnlyList<int> matches) =>
        (Iteration, Threshold, Proposals, Anchors, Matches) = (iteration, threshold, proposals, anchors, matches);

    /// <summary>Which iteration, from 0.</summary>
    public int Iteration { get; }

    /// <summary>The distance below which maps were merged.</summary>
    public float Threshold { get; }

    /// <summary>The maps after the iteration; anchors that matched nothing are not among them.</summary>
    public ProposalSet Proposals { get; }

    /// <summary>The anchor that each proposal began at: a token of the attention map, row-major.</summary>
    public IReadOnlyList<int> Anchors { get; }

    /// <summary>
    /// How many maps each proposal is the mean of, at least 1: in iteration 0 of the attention's maps, one per token, in later
    /// ones of the proposals of the iteration before.
    /// </summary>
    public IReadOnlyList<int> Matches { get; }
}
