namespace DiffSeg.Cli.Batching.Asking;

/// <summary>What "diffseg batch verify" was asked.</summary>
/// <param name="Batch">Which batch, and how to tell.</param>
/// <param name="Redo">Whether chunks that are wrong are marked as not done.</param>
internal sealed record BatchVerifyRequest(BatchFolderRequest Batch, bool Redo);
