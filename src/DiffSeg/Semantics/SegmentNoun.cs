namespace DiffSeg.Semantics;

/// <summary>The noun that a segment was given.</summary>
/// <param name="Label">The segment's label in the mask.</param>
/// <param name="Noun">Position of the noun in the list of nouns.</param>
/// <param name="Word">Its word.</param>
/// <param name="Scores">
/// For each noun the mean over the segment's pixels of its map divided by the map's L2 norm: what
/// <see cref="NounVoting.Mean"/> compares.
/// </param>
public sealed record SegmentNoun(ushort Label, int Noun, string Word, IReadOnlyList<double> Scores);
