namespace DiffSeg.Cli.Benchmarking.Oracles;

/// <summary>Splits rows among threads, each an equal share.</summary>
internal static class InRows
{
    /// <summary>Does all rows.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="threads">Among how many threads.</param>
    /// <param name="body">Does the rows from its first argument up to, not with, its second.</param>
    public static void For(int rows, int threads, Action<int, int> body)
    {
        int share = (rows + threads - 1) / threads;
        Parallel.For(
            0,
            threads,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            i =>
            {
                int begin = Math.Min(i * share, rows), end = Math.Min(begin + share, rows);
                if (begin < end)
                {
                    body(begin, end);
                }
            });
    }
}
