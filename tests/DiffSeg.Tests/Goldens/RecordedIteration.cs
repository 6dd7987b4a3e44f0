namespace DiffSeg.Tests.Goldens;

/// <summary>A copy of what one iteration of the merging found.</summary>
internal sealed record RecordedIteration(int Index, int[] Anchors, MatchMatrix Matches, MapRows Proposals)
{
    public static RecordedIteration Of(IterativeMerging.Iteration iteration)
    {
        MapRows proposals = iteration.Proposals;
        MatchMatrix matches = new(iteration.Matches.Anchors, proposals with { Count = iteration.Matches.Maps });
        for (int anchor = 0; anchor < matches.Anchors; anchor++)
        {
            matches.CopyRow(anchor, iteration.Matches, anchor);
        }

        return new RecordedIteration(
            iteration.Index, iteration.Anchors.ToArray(), matches, proposals with { Values = [.. proposals.Values] });
    }
}
