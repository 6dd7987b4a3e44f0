using DiffSeg.Batches;
using DiffSeg.Cli.Reporting;

namespace DiffSeg.Cli.Batching.Checking;

/// <summary>Marks chunks that are wrong as not done, so that the batch run again does them anew.</summary>
internal static class BatchRedo
{
    /// <summary>The chunks that would not be done again by themselves, or not be right then.</summary>
    /// <param name="problems">What is wrong with the batch.</param>
    /// <returns>Their numbers, ascending.</returns>
    public static IReadOnlyList<int> Chunks(IReadOnlyList<BatchProblem> problems) =>
    [
        .. problems.Where(problem => problem.Kind is BatchProblemKind.Damaged or BatchProblemKind.Inconsistent)
            .Select(problem => problem.Chunk).OfType<int>().Distinct().Order(),
    ];

    /// <summary>Marks them.</summary>
    /// <param name="folder">The batch.</param>
    /// <param name="chunks">Numbers of chunks.</param>
    /// <returns>What was done, in a sentence.</returns>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static string Forget(BatchFolder folder, IReadOnlyList<int> chunks)
    {
        int busy = 0;
        foreach (int chunk in chunks)
        {
            try
            {
                folder.Forget(chunk);
            }
            catch (BatchBusyException)
            {
                busy++;
            }
        }

        return (chunks.Count - busy, busy) switch
        {
            (0, 0) => "No chunk needs to be marked as not done.",
            (var marked, 0) => $"{Plural.Of(marked, "chunk")} marked as not done; running the batch again does what is missing.",
            (var marked, _) => $"{Plural.Of(marked, "chunk")} marked as not done, {busy} in the hands of a process that does it anew; running the batch again does what is missing.",
        };
    }
}
