namespace DiffSeg.Tests.Numerics;

/// <summary>What a piece of work allocates once it is warm.</summary>
internal static class Allocation
{
    /// <summary>The least of several runs: in between, a collection may empty the shared pool of arrays.</summary>
    /// <param name="work">The work; on this thread only.</param>
    /// <returns>Bytes.</returns>
    public static long OnceWarm(Action work)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 12; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
