namespace DiffSeg;

/// <summary>What the first iteration of the merging made of the anchors.</summary>
/// <param name="Maps">One map per anchor, in an array of their own; NaN where nothing matched.</param>
/// <param name="Anchors">The token of each.</param>
/// <param name="Matches">How many maps each is the mean of.</param>
internal sealed record FirstMerge(MapRows Maps, int[] Anchors, int[] Matches);
