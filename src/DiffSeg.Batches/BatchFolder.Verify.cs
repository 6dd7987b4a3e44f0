using DiffSeg.Batches.Verifying;

namespace DiffSeg.Batches;

public sealed partial class BatchFolder
{
    /// <summary>
    /// Reads and hashes every file, and checks that together they are the batch that was planned: every chunk done; each
    /// image exactly one status row, in order, with the ids that the plan hashed; a mask for each that has one and for no
    /// other, of its size and with its segments; sums that are right; no strange file.
    /// </summary>
    /// <remarks>
    /// Chunks are looked at on all cores. What is missing or has another length is done again when the batch is run again;
    /// a chunk that is wrong otherwise must be forgotten first (<see cref="Forget"/>).
    /// </remarks>
    /// <param name="progress">Told the number of chunks that were looked at after each, by one thread at a time.</param>
    /// <param name="cancellationToken">Stops between two chunks.</param>
    /// <returns>What was found. Memory does not depend on the number of images.</returns>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file was changed while the batch was looked at.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public BatchVerification Verify(IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        new FolderVerification(this).Run(progress, cancellationToken);
}
