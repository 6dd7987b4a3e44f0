using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>
/// Maps made ready to be compared: guarded against zeros, with cached logarithms, and summed over a pyramid of ever
/// coarser cells. Used again and again; for one thread at a time.
/// </summary>
/// <remarks>
/// The Jeffreys divergence is an f-divergence, and summing both maps over the same cells can only lower it (the log-sum
/// inequality; the maps need not be normalised): each level of the pyramid bounds the one below it, and the tokens, from
/// below. Values are guarded before they are summed, or the bound would not hold among zeros.
/// </remarks>
internal sealed class PreparedMaps
{
    private static readonly int[] Sides = [8, 16, 32];

    private CellGrid[] _grids = [];
    private LogRows[] _levels = [];
    private bool[] _excluded = [];
    private int _height;
    private int _width;

    /// <summary>Number of maps.</summary>
    public int Count { get; private set; }

    /// <summary>The pyramid, from the coarsest cells to the tokens, which are always there.</summary>
    public ReadOnlySpan<LogRows> Levels => _levels;

    /// <summary>The tokens: the finest level.</summary>
    public LogRows Tokens => _levels[^1];

    /// <summary>Makes room; all maps are undefined afterwards.</summary>
    /// <param name="count">Number of maps.</param>
    /// <param name="height">Rows of each map.</param>
    /// <param name="width">Columns of each map.</param>
    public void Reset(int count, int height, int width)
    {
        if ((height, width) != (_height, _width))
        {
            (_height, _width) = (height, width);
            LayGrids();
        }

        Count = count;
        for (int level = 0; level < _grids.Length; level++)
        {
            _levels[level].Reset(count, _grids[level].Count);
        }

        Tokens.Reset(count, height * width);
        if (_excluded.Length < count)
        {
            _excluded = new bool[count];
        }
    }

    /// <summary>Whether a map matches nothing: it is not there (NaN), or holds a 0 that is to be taken as published.</summary>
    /// <param name="map">The map.</param>
    /// <param name="zeros">What 0 does.</param>
    /// <returns>True when it matches nothing.</returns>
    public static bool IsExcluded(ReadOnlySpan<float> map, ZeroAttention zeros) =>
        float.IsNaN(map[0]) || (zeros == ZeroAttention.MatchesNothing && map.Contains(0f));

    /// <summary>Whether a map matches nothing. Its values are undefined then.</summary>
    /// <param name="index">Which.</param>
    /// <returns>As <see cref="IsExcluded(ReadOnlySpan{float}, ZeroAttention)"/> said.</returns>
    public bool IsExcluded(int index) => _excluded[index];

    /// <summary>Prepares one map.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="map">Its values.</param>
    /// <param name="zeros">What 0 does.</param>
    public void Set(int index, ReadOnlySpan<float> map, ZeroAttention zeros)
    {
        _excluded[index] = IsExcluded(map, zeros);
        if (_excluded[index])
        {
            return;
        }

        TensorPrimitives.Max(map, JeffreysDistance.Smallest, Tokens.Values(index)[..map.Length]);
        Tokens.TakeLogs(index);
        for (int level = _grids.Length - 1; level >= 0; level--)
        {
            LogRows finer = _levels[level + 1];
            LogRows cells = _levels[level];
            _grids[level].Sum(finer.Values(index)[..finer.Length], cells.Values(index)[..cells.Length]);
            cells.TakeLogs(index);
        }
    }

    // Cells of fewer than 4 x 4 tokens would rule out too little for their cost.
    private void LayGrids()
    {
        int[] sides = [.. Sides.Where(side => 4 * side <= Math.Min(_height, _width))];
        _grids = new CellGrid[sides.Length];
        for (int i = 0; i < sides.Length; i++)
        {
            bool finest = i == sides.Length - 1;
            _grids[i] = new CellGrid(
                finest ? _height : sides[i + 1], finest ? _width : sides[i + 1], sides[i]);
        }

        _levels = [.. Enumerable.Range(0, sides.Length + 1).Select(_ => new LogRows())];
    }
}
