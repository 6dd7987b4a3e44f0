namespace DiffSeg;

/// <summary>
/// One thread's way over the query tokens: keeps, for where it is, the sum of the coarser resolutions' maps.
/// </summary>
/// <remarks>
/// <para>
/// A coarser map serves all query tokens of its cell. On a way from cell to cell of the coarsest resolution, within it
/// from cell to cell of the next, and so on (<see cref="AttentionLadder.QueryOrder"/>), each coarser map is upsampled
/// once and lives in the cache, for as long as it is needed; none is ever expanded in memory:
/// </para>
/// <code>
/// sum of level l at its cell = upsampled map of that cell + sum of level l + 1 at the cell around it
/// </code>
/// </remarks>
internal sealed class QueryWalk
{
    private readonly CoarseLevel[] _levels;
    private readonly float[][] _sums;
    private readonly int[] _cells;
    private readonly float[] _scratch;
    private readonly float[] _row;
    private readonly float[] _shown;
    private TokenWindow _window;

    /// <summary>Prepares the rows.</summary>
    /// <param name="levels">The resolutions below the finest, from fine to coarse.</param>
    /// <param name="tokens">Tokens of the finest.</param>
    public QueryWalk(CoarseLevel[] levels, int tokens)
    {
        _levels = levels;
        _cells = new int[levels.Length];
        _scratch = new float[levels.Select(level => level.ScratchLength).DefaultIfEmpty().Max()];
        _row = new float[tokens];
        _shown = new float[tokens];

        // Below the coarsest resolution lies a row of zeros.
        _sums = [.. Enumerable.Range(0, levels.Length + 1).Select(_ => new float[tokens])];
    }

    /// <summary>Room for one map of the finest resolution.</summary>
    public Span<float> Row => _row;

    /// <summary>Room for what the window shows of a map.</summary>
    public Span<float> Shown => _shown.AsSpan(0, _window.Tokens);

    /// <summary>A map of the window's size that is 0 everywhere.</summary>
    public ReadOnlySpan<float> Zeros => _sums[^1].AsSpan(0, _window.Tokens);

    /// <summary>Starts anew: what the sums were made of has changed.</summary>
    /// <param name="window">The part of the maps that is wanted.</param>
    public void Restart(TokenWindow window)
    {
        _window = window;
        Array.Fill(_cells, -1);
    }

    /// <summary>The sum of the coarser resolutions' maps for a query token, each scaled to its weight.</summary>
    /// <param name="query">A query token of the finest resolution.</param>
    /// <returns>A map of the window's size; valid until the next call.</returns>
    public ReadOnlySpan<float> CoarseSum(int query)
    {
        bool moved = false;
        for (int level = _levels.Length - 1; level >= 0; level--)
        {
            int cell = _levels[level].CellOf(query);
            moved |= cell != _cells[level];
            if (moved)
            {
                _cells[level] = cell;
                _levels[level].AddTo(cell, _window, Sum(level + 1), Sum(level), _scratch);
            }
        }

        return Sum(0);
    }

    private Span<float> Sum(int level) => _sums[level].AsSpan(0, _window.Tokens);
}
