namespace DiffSeg.Batches;

/// <summary>A file of a chunk.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
public sealed record ChunkFile(string Name, long Bytes, string Sha256);
