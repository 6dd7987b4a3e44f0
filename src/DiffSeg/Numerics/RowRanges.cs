namespace DiffSeg;

/// <summary>What <see cref="RowParallel"/> is to do.</summary>
/// <param name="Count">Rows in all.</param>
/// <param name="Grain">Rows per range.</param>
/// <param name="Ranges">Number of ranges.</param>
/// <param name="Body">Does the rows [from, to).</param>
/// <param name="CancellationToken">Looked at before each range.</param>
internal readonly record struct RowRanges(
    int Count, int Grain, int Ranges, Action<int, int> Body, CancellationToken CancellationToken)
{
    /// <summary>Does one range.</summary>
    /// <param name="range">Which.</param>
    public void Do(int range) => Body(range * Grain, (int)Math.Min(Count, ((long)range + 1) * Grain));
}
