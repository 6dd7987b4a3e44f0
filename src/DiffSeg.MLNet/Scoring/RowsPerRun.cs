namespace DiffSeg.MLNet.Scoring;

/// <summary>How many rows go through the model in one run.</summary>
/// <param name="Most">So many at most.</param>
/// <param name="Fixed">Whether the model takes no fewer: rows that are missing are zeros then, and nobody's.</param>
internal readonly record struct RowsPerRun(int Most, bool Fixed)
{
    /// <summary>What a single row takes where it cannot wait for others.</summary>
    public RowsPerRun Single => Fixed ? this : new(1, false);

    /// <summary>The rows that the model is fed with when so many are there.</summary>
    public int Fed(int rows) => Fixed ? Most : rows;
}
