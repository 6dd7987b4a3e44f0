namespace DiffSeg.Batches;

/// <summary>The images of a chunk: a run of the list.</summary>
/// <param name="First">Place of the first in the list, from 0.</param>
/// <param name="Count">How many, at least 1.</param>
public readonly record struct ChunkRange(int First, int Count);
