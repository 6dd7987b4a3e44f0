using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>
/// Maps made ready to be compared: guarded against zeros, with cached logarithms, and as a pyramid of ever coarser cells.
/// Used again and again; for one thread at a time.
/// </summary>
/// <remarks>
/// <para>
/// The coarsest level bounds distances from below. The Jeffreys divergence is an f-divergence, and summing both maps over
/// the same cells can only lower it (the log-sum inequality; the maps need not be normalised).
/// </para>
/// <para>
/// The levels in between bound them from both sides. Split values x and logarithms a of each token into the mean of its
/// cell and the rest, x = X + x', a = A + a'. The rests add up to 0 within each cell, so sum (x - y)(a - b) = sum (X - Y)(A - B) +
/// sum (x' - y')(a' - b'), and the last sum lies, by Cauchy and Schwarz over the tokens of each coarsest cell, within
/// plus or minus sum (|x'| + |y'|)(|a'| + |b'|).
/// </para>
/// <para>
/// Values are guarded before anything is made of them, or the bounds would not hold among zeros.
/// </para>
/// </remarks>
/// <param name="negateRoughness">
/// Store roughness with a minus sign: between such maps and others, the sum of (x - y)(a - b) is that of (|x| + |y|)(|a| + |b|).
/// </param>
internal sealed class PreparedMaps(bool negateRoughness)
{
    /// <summary>Cells of the coarsest level at least; fewer would rule out too little.</summary>
    private const int FewestCells = 64;

    /// <summary>Cells of the levels in between at least; fewer would settle too little.</summary>
    private const int FewestBetween = 1024;

    private PyramidLevel[] _levels = [];
    private bool[] _excluded = [];
    private float[][] _spreads = [];
    private float[] _halved = [];

    /// <summary>Number of maps.</summary>
    public int Count { get; private set; }

    /// <summary>The pyramid, from the coarsest cells to the tokens, which are always there.</summary>
    public ReadOnlySpan<PyramidLevel> Levels => _levels;

    /// <summary>The tokens: the finest level.</summary>
    public LogRows Tokens => _levels[^1].Cells;

    /// <summary>Makes room; all maps are undefined afterwards.</summary>
    /// <param name="count">Number of maps.</param>
    /// <param name="height">Rows of each map.</param>
    /// <param name="width">Columns of each map.</param>
    public void Reset(int count, int height, int width)
    {
        if (_levels.Length == 0 || (height, width) != (_levels[^1].Height, _levels[^1].Width))
        {
            LayLevels(height, width);
        }

        Count = count;
        for (int i = 0; i < _levels.Length; i++)
        {
            _levels[i].Cells.Reset(count, _levels[i].Count);
            if (IsBetween(i))
            {
                _levels[i].Roughness.Reset(count, _levels[0].Count);
            }
        }

        if (_excluded.Length < count)
        {
            _excluded = new bool[count];
        }
    }

    /// <summary>Whether a level bounds distances from both sides.</summary>
    /// <param name="level">Which level.</param>
    /// <returns>False for the coarsest and for the tokens.</returns>
    public bool IsBetween(int level) => level > 0 && level < _levels.Length - 1;

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
        SetBetween(index, logs: false);
        SetBetween(index, logs: true);
        if (_levels.Length > 1)
        {
            PyramidLevel coarsest = _levels[0];
            Reduce(_levels[1].Cells.Values(index), _levels[1], coarsest.Cells.Values(index)[..coarsest.Count]);
            coarsest.Cells.TakeLogs(index);
        }
    }

    /// <summary>The levels in between, each from the next finer one: means and roughness of the values or the logarithms.</summary>
    private void SetBetween(int index, bool logs)
    {
        PyramidLevel coarsest = _levels[0];
        for (int level = _levels.Length - 2; level > 0; level--)
        {
            PyramidLevel finer = _levels[level + 1];
            PyramidLevel coarser = _levels[level];
            ReadOnlySpan<float> fine = (logs ? finer.Cells.Logs(index) : finer.Cells.Values(index))[..finer.Count];
            Span<float> means = logs ? coarser.Cells.Logs(index) : coarser.Cells.Values(index);
            Span<float> roughness = logs ? coarser.Roughness.Logs(index) : coarser.Roughness.Values(index);

            // Padding: equal in all maps, so that it adds nothing to any sum.
            means[coarser.Count..].Clear();
            roughness[coarsest.Count..].Clear();
            means = means[..coarser.Count];
            roughness = roughness[..coarsest.Count];
            Halving.Means(fine, finer.Width, means);
            if (finer.TokensPerCell == 1)
            {
                _spreads[level].AsSpan().Clear();
            }
            else
            {
                Halving.Means(_spreads[level + 1], finer.Width, _spreads[level]);
            }

            Halving.AddSpreads(fine, finer.Width, means, _spreads[level]);

            // The mean square over a cell of the coarsest level, times its tokens, is the squared norm.
            Reduce(_spreads[level], coarser, roughness);
            TensorPrimitives.Multiply(roughness, coarsest.TokensPerCell, roughness);
            TensorPrimitives.Sqrt(roughness, roughness);
            if (negateRoughness)
            {
                TensorPrimitives.Negate(roughness, roughness);
            }
        }
    }

    /// <summary>From a level to the means of the coarsest one's cells.</summary>
    private void Reduce(ReadOnlySpan<float> fine, PyramidLevel level, Span<float> means)
    {
        Span<float> room = _halved;
        int width = level.Width;
        fine = fine[..level.Count];
        while (fine.Length > means.Length)
        {
            Span<float> halved = fine.Length == 4 * means.Length ? means : room[..(fine.Length / 4)];
            room = room[(fine.Length / 4)..];
            Halving.Means(fine, width, halved);
            fine = halved;
            width /= 2;
        }
    }

    // Halves as long as it can be done without a rest and enough cells are left.
    private void LayLevels(int height, int width)
    {
        List<PyramidLevel> levels = [new(height, width, tokensPerCell: 1)];
        int tokensPerCell = 1;
        while (height % 2 == 0 && width % 2 == 0 && height * width / 4 >= FewestCells)
        {
            (height, width, tokensPerCell) = (height / 2, width / 2, 4 * tokensPerCell);
            levels.Insert(0, new PyramidLevel(height, width, tokensPerCell));
        }

        levels.RemoveAll(level => level.TokensPerCell > 1 && level != levels[0] && level.Count < FewestBetween);
        _levels = [.. levels];
        _spreads = [.. levels.Select(level => level.TokensPerCell == 1 ? [] : new float[level.Count])];
        _halved = new float[levels[^1].Count / 2];
    }
}
